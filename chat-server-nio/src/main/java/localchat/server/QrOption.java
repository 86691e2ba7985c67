package localchat.server;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// Whether a command that prints a link draws its QR code too.
final class QrOption {
    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--qr",
            negatable = true,
            description =
                    "Whether to draw the link's QR code under it. Default: when standard output is"
                            + " a terminal.")
    private @Nullable Boolean wanted;

    @SuppressWarnings("NullAway.Init") // Set by picocli.
    QrOption() {}

    /// Prints the code of a link where it is to be drawn: in one piece, so that no line of the log
    /// comes between.
    void print(PrintWriter out, String link) {
        boolean terminal = ServerMain.isAtTerminal(spec);
        if (wanted == null ? terminal : wanted) {
            QrDrawing form = terminal ? QrDrawing.ANSI : QrDrawing.PLAIN;
            out.println(String.join(System.lineSeparator(), form.lines(link)));
        }
    }
}
