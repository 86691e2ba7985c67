package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localchat.core.model.ServerAddress;
import localchat.fuzz.FuzzText;

/// Any text as a join link: it is one, whose own text is read as the same, or it is refused in one
/// way only. Neither a refusal nor a line of a log tells an invite code.
///
/// Input: a [FuzzText].
public final class JoinLinkFuzz {
    /// A code long enough to be told from what stands beside it by accident.
    private static final Pattern SECRET = Pattern.compile("[?&]invite=([A-Za-z0-9._~-]{6,})");

    private JoinLinkFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = FuzzText.of(input);
        JoinLink link;
        try {
            link = JoinLink.parse(text);
        } catch (JoinLinkException e) {
            assertTrue(e.getMessage().endsWith("."), e.getMessage());
            assertKeepsSecret(text, e.getMessage());
            return;
        }
        JoinLinkTest.assertRoundTrip(link);
        assertKeepsSecret(text, link.toString());
        assertTrue(link.text().length() <= JoinLink.LENGTH_MAX, link.text());
        assertTrue(link.text().chars().allMatch(c -> c > ' ' && c < 0x7F), link.text());
        int addresses = link.addresses().size();
        assertTrue(addresses >= 1 && addresses <= JoinLink.ADDRESSES_MAX, link.text());
        for (ServerAddress address : link.addresses()) {
            assertFalse(address.host().contains("%"), link.text());
        }
    }

    private static void assertKeepsSecret(String text, String said) {
        Matcher secret = SECRET.matcher(text);
        if (secret.find()) {
            String code = secret.group(1);
            boolean isElsewhere = text.replaceFirst(Pattern.quote(code), "").contains(code);
            boolean isWord = code.matches("[a-z.]+");
            assertTrue(isElsewhere || isWord || !said.contains(code), said);
        }
    }
}
