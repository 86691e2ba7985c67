package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import localchat.fuzz.FuzzText;

/// Any arguments of the terminal client: they are options that can be worked with or are refused in
/// one line that does nothing to a terminal.
///
/// Input: a [FuzzText], arguments separated by U+0000.
public final class CommandLineFuzz {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final CommandLineReader READER =
            new CommandLineReader(new Texts(Language.ENGLISH), "1");

    private CommandLineFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = FuzzText.of(input);
        String[] arguments = text.isEmpty() ? new String[0] : text.split("\0", -1);
        if (arguments.length > 1_000) {
            return;
        }
        switch (READER.read(arguments)) {
            case Invocation.Run(TerminalOptions options) -> check(options, arguments);
            case Invocation.Show(String shown) ->
                    assertTrue(shown.startsWith("chat-term") || shown.contains("--server"), shown);
            case Invocation.Refuse(String complaint) -> {
                assertFalse(complaint.isBlank());
                assertTrue(complaint.codePoints().noneMatch(CommandLineFuzz::isUnsafe), complaint);
            }
        }
    }

    private static boolean isUnsafe(int point) {
        return (Character.isISOControl(point) && point != '\t')
                || point == 0x2028
                || point == 0x2029
                || Character.getType(point) == Character.SURROGATE;
    }

    private static void check(TerminalOptions options, String[] arguments) {
        assertTrue(options.timeout().isPositive() && options.timeout().compareTo(LONGEST) <= 0);
        assertTrue(options.connectTimeout().compareTo(options.timeout()) <= 0);
        assertTrue(options.history().orElse(0) >= 0);
        assertTrue(options.onceKey().orElse("some").length() > 0);
        if (options.trust() instanceof TrustWish.Plaintext) {
            assertTrue(options.server().isLoopback(), "plaintext beyond this machine");
        }
        // The same again, and with what it says about itself in place of what was said.
        assertEquals(options, run(arguments));
        if (!Arrays.asList(arguments).contains("--")) {
            String seconds = "--timeout=" + options.timeoutInSeconds();
            String[] longer = Arrays.copyOf(arguments, arguments.length + 1);
            longer[arguments.length] = seconds;
            if (READER.read(longer) instanceof Invocation.Run(TerminalOptions again)) {
                assertEquals(options, again);
            }
        }
    }

    private static TerminalOptions run(String[] arguments) {
        return assertInstanceOf(Invocation.Run.class, READER.read(arguments)).options();
    }
}
