package localchat.client.fx.look;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// A disc with a person's initials in a colour that is always the same for the same name, and a dot
/// for being there.
public final class Avatar extends StackPane {
    /// How many colours there are; the stylesheet has one class for each.
    public static final int COLOURS = 10;

    private static final Pattern WORD_BREAKS = Pattern.compile("[\\s._-]+");
    private static final PseudoClass AWAY = PseudoClass.getPseudoClass("away");
    private static final PseudoClass GONE = PseudoClass.getPseudoClass("gone");

    private final Label initials = new Label();
    private final Region dot = new Region();
    private String colour = "";

    /// An empty disc of this size.
    ///
    /// @param size diameter in pixels
    public Avatar(double size) {
        getStyleClass().add("avatar");
        initials.getStyleClass().add("avatar-initials");
        initials.setStyle("-fx-font-size: " + Math.round(size * 0.4) + "px;");
        initials.setMinWidth(Region.USE_PREF_SIZE);
        dot.getStyleClass().add("avatar-dot");
        dot.setVisible(false);
        StackPane.setAlignment(dot, javafx.geometry.Pos.BOTTOM_RIGHT);
        getChildren().addAll(initials, dot);
        setMinSize(size, size);
        setPrefSize(size, size);
        setMaxSize(size, size);
        setAccessibleRole(AccessibleRole.NODE);
    }

    /// Shows this person.
    public void setName(String name) {
        initials.setText(initials(name));
        getStyleClass().remove(colour);
        colour = "avatar-" + colour(name);
        getStyleClass().add(colour);
    }

    /// Shows the dot: there, away or gone.
    public void setPresence(boolean away, boolean gone) {
        dot.setVisible(true);
        dot.pseudoClassStateChanged(AWAY, away);
        dot.pseudoClassStateChanged(GONE, gone);
        pseudoClassStateChanged(GONE, gone);
    }

    /// The first letters of the first and the last word.
    static String initials(String name) {
        List<String> words =
                WORD_BREAKS.splitAsStream(name).filter(word -> !word.isEmpty()).toList();
        if (words.isEmpty()) {
            return "";
        }
        String first = firstLetter(words.getFirst());
        return words.size() == 1 ? first : first + firstLetter(words.getLast());
    }

    /// The same number for the same name, whatever its case.
    static int colour(String name) {
        // The last steps of MurmurHash3 spread names that differ in one letter over all colours.
        int mixed = name.toLowerCase(Locale.ROOT).hashCode();
        mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        return Math.floorMod(mixed ^ (mixed >>> 16), COLOURS);
    }

    private static String firstLetter(String word) {
        return Character.toString(word.codePointAt(0)).toUpperCase(Locale.ROOT);
    }
}
