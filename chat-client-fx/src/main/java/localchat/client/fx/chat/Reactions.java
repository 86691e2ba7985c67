package localchat.client.fx.chat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Label;
import localchat.client.fx.i18n.Texts;
import localchat.core.model.Emoji;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// How reactions look. Linux draws most emoji as empty boxes and Windows as grey outlines, so those
/// that are offered are icons of the icon font, and others are written by their Unicode name.
final class Reactions {
    /// A reaction that is offered.
    ///
    /// @param key of its name
    record Offered(Emoji emoji, Ikon icon, String key) {}

    /// From here on, in code points, symbols stand that fonts without emoji do not have.
    private static final int SYMBOLS_FROM = 0x2190;

    static final List<Offered> OFFERED =
            List.of(
                    offered("👍", Material2OutlinedMZ.THUMB_UP, "reaction.thumbsUp"),
                    offered("❤️", Material2AL.FAVORITE, "reaction.heart"),
                    offered("😂", Material2OutlinedMZ.SENTIMENT_VERY_SATISFIED, "reaction.laugh"),
                    offered("🎉", Material2OutlinedAL.CAKE, "reaction.celebrate"),
                    offered("😮", Material2OutlinedMZ.SENTIMENT_NEUTRAL, "reaction.surprise"),
                    offered("😢", Material2OutlinedMZ.SENTIMENT_DISSATISFIED, "reaction.sad"),
                    offered("✅", Material2AL.CHECK_CIRCLE, "reaction.done"),
                    offered("👀", Material2MZ.VISIBILITY, "reaction.eyes"));

    private Reactions() {}

    private static Offered offered(String emoji, Ikon icon, String key) {
        return new Offered(new Emoji(emoji), icon, key);
    }

    /// What is drawn for an emoji.
    static Node picture(Emoji emoji) {
        return find(emoji)
                .<Node>map(offered -> new FontIcon(offered.icon()))
                .orElseGet(() -> new Label(spelled(emoji)));
    }

    /// What an emoji is called.
    static String name(Emoji emoji, Texts texts) {
        return find(emoji).map(offered -> texts.get(offered.key())).orElseGet(() -> spelled(emoji));
    }

    /// Text as it is, symbols by their names: `:rocket:`.
    static String spelled(Emoji emoji) {
        int first = emoji.value().codePointAt(0);
        boolean letters = emoji.value().codePoints().allMatch(c -> c < SYMBOLS_FROM);
        String name = letters ? null : Character.getName(first);
        return name == null
                ? emoji.value()
                : ":" + name.toLowerCase(Locale.ROOT).replace(' ', '_') + ":";
    }

    /// Who reacted, as far as it is known, and with what.
    static String who(
            MessageRow.Reaction reaction,
            Texts texts,
            java.util.function.LongFunction<String> names) {
        List<String> known =
                reaction.userIds().stream()
                        .map(names::apply)
                        .filter(name -> !name.isEmpty())
                        .toList();
        String people =
                known.isEmpty()
                        ? texts.count("reaction.people", reaction.count())
                        : known.stream().collect(Collectors.joining(", "));
        int others = reaction.count() - known.size();
        String all =
                known.isEmpty() || others == 0
                        ? people
                        : texts.get("reaction.andOthers", people, others);
        return texts.get("reaction.who", all, name(reaction.emoji(), texts));
    }

    private static Optional<Offered> find(Emoji emoji) {
        return OFFERED.stream().filter(each -> each.emoji().equals(emoji)).findFirst();
    }
}
