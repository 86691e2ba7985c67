package localchat.server;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A QR code in characters for a camera to read from a screen: one character a column, two modules
/// one above the other in each.
enum QrDrawing {
    /// For a terminal, which is told its colours, so that the code is dark on light on any.
    ANSI("▀", "▄", "█", " ", "\u001b[38;5;16;48;5;231m", "\u001b[0m"),

    /// Without colours, for what is shown on a terminal later. The characters draw the light
    /// modules, because most terminals are dark; on paper the code comes out inverted, which most
    /// cameras take too.
    PLAIN("▄", "▀", " ", "█", "", "");

    /// Widest drawing that is aimed for, in characters: a terminal that nobody made wider.
    static final int COLUMNS = 80;

    /// Light modules on each side, by the norm (ISO/IEC 18004, 6.3.8).
    private static final int QUIET = 4;

    /// Light modules that cameras can do with.
    private static final int QUIET_MIN = 2;

    private final String upper;
    private final String lower;
    private final String both;
    private final String none;
    private final String before;
    private final String after;

    /// @param upper for a dark module above a light one
    /// @param lower for a light one above a dark one
    /// @param both for two dark ones
    /// @param none for two light ones
    /// @param before begins each line
    /// @param after ends it
    QrDrawing(String upper, String lower, String both, String none, String before, String after) {
        this.upper = upper;
        this.lower = lower;
        this.both = both;
        this.none = none;
        this.before = before;
        this.after = after;
    }

    /// Draws a text, lines without their ends: at most [#COLUMNS] wide when it can be. Long texts
    /// get less error correction and less light around rather than more columns.
    ///
    /// @param text up to 2,953 characters of ASCII
    /// @throws IllegalArgumentException when it is longer
    List<String> lines(String text) {
        BitMatrix modules =
                fitting(text, ErrorCorrectionLevel.M, QUIET)
                        .or(() -> fitting(text, ErrorCorrectionLevel.L, QUIET))
                        .or(() -> fitting(text, ErrorCorrectionLevel.L, QUIET_MIN))
                        .or(() -> encoded(text, ErrorCorrectionLevel.L, QUIET))
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        text.length() + " characters do not fit into a QR code"));
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < modules.getHeight(); y += 2) {
            lines.add(line(modules, y));
        }
        return lines;
    }

    private String line(BitMatrix modules, int y) {
        StringBuilder line = new StringBuilder(before);
        boolean hasBelow = y + 1 < modules.getHeight();
        for (int x = 0; x < modules.getWidth(); x++) {
            boolean above = modules.get(x, y);
            boolean below = hasBelow && modules.get(x, y + 1);
            line.append(above ? (below ? both : upper) : (below ? lower : none));
        }
        return line.append(after).toString();
    }

    private static Optional<BitMatrix> fitting(
            String text, ErrorCorrectionLevel correction, int quiet) {
        return encoded(text, correction, quiet).filter(modules -> modules.getWidth() <= COLUMNS);
    }

    /// Nothing when it does not fit into the largest code.
    private static Optional<BitMatrix> encoded(
            String text, ErrorCorrectionLevel correction, int quiet) {
        try {
            Map<EncodeHintType, Object> hints =
                    Map.of(
                            EncodeHintType.ERROR_CORRECTION,
                            correction,
                            EncodeHintType.MARGIN,
                            quiet);
            return Optional.of(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints));
        } catch (WriterException e) {
            return Optional.empty();
        }
    }
}
