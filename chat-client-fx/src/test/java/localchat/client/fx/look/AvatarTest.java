package localchat.client.fx.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class AvatarTest {
    @Test
    void takesTheFirstLettersOfTheFirstAndLastWord() {
        assertEquals("MC", Avatar.initials("Marina Costa"));
        assertEquals("MS", Avatar.initials("maria da silva"));
        assertEquals("A", Avatar.initials("ana"));
        assertEquals("JP", Avatar.initials("joão-pedro"));
        assertEquals("𝔸B", Avatar.initials("𝔸da b"));
    }

    @Test
    void givesTheSameColourToTheSameNameWhateverItsCase() {
        for (String name : List.of("Ana", "Bruno", "Zoë", "Marina Costa")) {
            assertEquals(Avatar.colour(name), Avatar.colour(name.toUpperCase(Locale.ROOT)), name);
        }
    }

    @Test
    void usesAllColours() {
        Set<Integer> colours = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            colours.add(Avatar.colour("user" + i));
        }
        assertEquals(Avatar.COLOURS, colours.size());
    }

    @Test
    void everyColourCarriesWhiteTextReadably() throws IOException {
        Pattern colour = Pattern.compile("\\.avatar-(\\d) \\{ -avatar: #([0-9a-f]{6}); }");
        int found = 0;
        for (MatchResult each : colour.matcher(stylesheet()).results().toList()) {
            double contrast = 1.05 / (luminance(Integer.parseInt(each.group(2), 16)) + 0.05);
            assertTrue(contrast >= 4.5, "avatar-" + each.group(1) + " has " + contrast + ":1");
            found++;
        }
        assertEquals(Avatar.COLOURS, found);
    }

    private static String stylesheet() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Avatar.class.getResourceAsStream("window.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Relative luminance as WCAG 2.1 defines it.
    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double share = (channel & 0xff) / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
