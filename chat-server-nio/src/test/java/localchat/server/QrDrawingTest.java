package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The drawn code is read back from its characters as a camera sees them on a screen.
class QrDrawingTest {
    private static final String COLOURS = "\u001b[38;5;16;48;5;231m";
    private static final String NO_COLOURS = "\u001b[0m";
    private static final int WHITE = 0xFFFFFF;
    private static final int BLACK = 0;

    /// Pixels on each side of a module.
    private static final int SCALE = 4;

    private static final String LINK =
            "localchat://192.168.1.20:7667,[2001:db8::20]:7667/?key="
                    + "k".repeat(43)
                    + "&invite=7KQ2M-9XW4T-BC3ZD-H8RPN";

    /// What a camera makes of the lines: plain ones light on a dark screen, coloured ones as they
    /// say.
    private static Result read(QrDrawing form, List<String> lines) throws ReaderException {
        List<String> cells = lines.stream().map(line -> withoutColours(form, line)).toList();
        int ink = form == QrDrawing.ANSI ? BLACK : WHITE;
        int width = cells.getFirst().length();
        int height = 2 * cells.size();
        int[] pixels = new int[width * SCALE * height * SCALE];
        Arrays.fill(pixels, WHITE - ink);
        for (int y = 0; y < height * SCALE; y++) {
            String line = cells.get(y / (2 * SCALE));
            boolean upper = y / SCALE % 2 == 0;
            for (int x = 0; x < width * SCALE; x++) {
                char cell = line.charAt(x / SCALE);
                if (cell == '█' || cell == (upper ? '▀' : '▄')) {
                    pixels[y * width * SCALE + x] = ink;
                }
            }
        }
        return new QRCodeReader()
                .decode(
                        new BinaryBitmap(
                                new HybridBinarizer(
                                        new RGBLuminanceSource(
                                                width * SCALE, height * SCALE, pixels))));
    }

    private static String withoutColours(QrDrawing form, String line) {
        if (form == QrDrawing.PLAIN) {
            return line;
        }
        assertTrue(line.startsWith(COLOURS) && line.endsWith(NO_COLOURS), line);
        return line.substring(COLOURS.length(), line.length() - NO_COLOURS.length());
    }

    private static Object correction(Result result) {
        return result.getResultMetadata().get(ResultMetadataType.ERROR_CORRECTION_LEVEL);
    }

    @ParameterizedTest
    @EnumSource
    void isReadBack(QrDrawing form) throws ReaderException {
        Result result = read(form, form.lines(LINK));
        assertEquals(LINK, result.getText());
        assertEquals("M", correction(result));
    }

    @ParameterizedTest
    @EnumSource
    void isDrawnWithLinesOfOneWidthAndNothingButBlocks(QrDrawing form) {
        List<String> cells =
                form.lines(LINK).stream().map(line -> withoutColours(form, line)).toList();
        for (String line : cells) {
            assertEquals(cells.getFirst().length(), line.length());
            assertTrue(line.matches("[█▀▄ ]+"), line);
        }
    }

    /// The norm's four, drawn light in each form.
    @ParameterizedTest
    @CsvSource({"ANSI,' '", "PLAIN,█"})
    void hasLightModulesAround(QrDrawing form, String light) {
        List<String> cells =
                form.lines(LINK).stream().map(line -> withoutColours(form, line)).toList();
        int width = cells.getFirst().length();
        assertEquals(light.repeat(width), cells.getFirst());
        assertEquals(light.repeat(width), cells.get(1));
        assertEquals(light.repeat(width), cells.getLast());
        for (String line : cells) {
            assertTrue(line.startsWith(light.repeat(4)) && line.endsWith(light.repeat(4)), line);
        }
    }

    /// The capacities of ISO/IEC 18004, table 7: version 13 (69 modules) holds 331 bytes at level M
    /// and 425 at L, version 14 (73) 458 at L, version 15 (77) 520.
    @ParameterizedTest
    @CsvSource({
        "1,29,M",
        "331,77,M",
        "332,73,L",
        "425,77,L",
        "426,77,L",
        "458,77,L",
        "459,85,L",
        "520,85,L"
    })
    void staysInEightyColumnsAsLongAsItCan(int length, int width, String correction)
            throws ReaderException {
        String text = "x".repeat(length);
        for (QrDrawing form : QrDrawing.values()) {
            List<String> lines = form.lines(text);
            assertEquals(width, withoutColours(form, lines.getFirst()).length());
            Result result = read(form, lines);
            assertEquals(text, result.getText());
            assertEquals(correction, correction(result));
        }
    }

    @Test
    void takesWhatTheLargestCodeHolds() {
        assertEquals((177 + 8 + 1) / 2, QrDrawing.PLAIN.lines("x".repeat(2_953)).size());
        assertThrows(
                IllegalArgumentException.class, () -> QrDrawing.PLAIN.lines("x".repeat(2_954)));
    }
}
