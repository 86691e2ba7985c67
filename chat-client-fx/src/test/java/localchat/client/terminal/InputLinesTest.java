package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.client.terminal.InputLines.Line;
import org.junit.jupiter.api.Test;

class InputLinesTest {
    @Test
    void cutsLinesAndCountsBlankOnes() throws IOException {
        assertEquals(
                List.of(
                        new Line.Good(1, "one"),
                        new Line.Blank(2),
                        new Line.Blank(3),
                        new Line.Good(4, "/two "),
                        new Line.Good(5, "last")),
                lines("one\n\n \t\n/two \nlast"));
    }

    @Test
    void takesOneCarriageReturnForPartOfTheLineEnd() throws IOException {
        assertEquals(
                List.of(
                        new Line.Good(1, "a"),
                        new Line.Blank(2),
                        new Line.Good(3, "b\r"),
                        new Line.Good(4, "c\rd")),
                lines("a\r\n\r\nb\r\r\nc\rd\r"));
    }

    @Test
    void hasNoLineInAnEmptyInputAndNoneAfterTheLastLineFeed() throws IOException {
        assertEquals(List.of(), lines(""));
        assertEquals(List.of(new Line.Good(1, "a")), lines("a\n"));
    }

    @Test
    void dropsAByteOrderMarkAtTheVeryBeginningOnly() throws IOException {
        assertEquals(
                List.of(new Line.Good(1, "a"), new Line.Good(2, "\uFEFFb")),
                lines("\uFEFFa\n\uFEFFb\n"));
    }

    @Test
    void takesTheLongestTextAndRefusesOneByteMore() throws IOException {
        String longest = "é".repeat(2_048);
        assertEquals(List.of(new Line.Good(1, longest)), lines(longest + "\r\n"));
        assertEquals(List.of(new Line.Good(1, longest)), lines("\uFEFF" + longest + "\r\n"));
        assertEquals(
                List.of(new Line.TooLong(1, 4_097), new Line.Good(2, "b")),
                lines(longest + "x\r\nb\n"));
    }

    @Test
    void namesTheLineThatIsNoUtf8AndGoesOn() throws IOException {
        byte[] input = "ok\n?bad\n??\nfine\n".getBytes(StandardCharsets.ISO_8859_1);
        input[3] = (byte) 0xFF;
        input[8] = (byte) 0xC3;
        input[9] = (byte) '(';
        assertEquals(
                List.of(
                        new Line.Good(1, "ok"),
                        new Line.Malformed(2),
                        new Line.Malformed(3),
                        new Line.Good(4, "fine")),
                lines(new ByteArrayInputStream(input)));
    }

    @Test
    void refusesATruncatedCharacterAtTheEndOfALine() throws IOException {
        byte[] input = {'a', (byte) 0xE2, (byte) 0x82, '\n', 'b'};
        assertEquals(
                List.of(new Line.Malformed(1), new Line.Good(2, "b")),
                lines(new ByteArrayInputStream(input)));
    }

    @Test
    void readsTheSameHoweverTheInputComesInPieces() throws IOException {
        byte[] input = "a\r\n\r\n🐢b\n\nend\r".getBytes(StandardCharsets.UTF_8);
        List<Line> whole = lines(new ByteArrayInputStream(input));
        for (int cut = 0; cut <= input.length; cut++) {
            InputStream pieces =
                    new SequenceInputStream(
                            new ByteArrayInputStream(input, 0, cut),
                            new ByteArrayInputStream(input, cut, input.length - cut));
            assertEquals(whole, lines(pieces), "cut at " + cut);
        }
    }

    @Test
    void countsALineOfAnyLengthWithoutKeepingIt() throws IOException {
        long length = Integer.MAX_VALUE + 10L; // more than any array holds
        InputLines lines = new InputLines(new EndlessLine(length));
        assertEquals(Optional.of(new Line.TooLong(1, length)), lines.next());
        assertEquals(Optional.empty(), lines.next());
    }

    /// So many bytes without a line feed.
    private static final class EndlessLine extends InputStream {
        private long left;

        EndlessLine(long bytes) {
            this.left = bytes;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (left == 0) {
                return -1;
            }
            int read = (int) Math.min(length, left);
            left -= read;
            java.util.Arrays.fill(into, from, from + read, (byte) 'x');
            return read;
        }
    }

    private static List<Line> lines(String input) throws IOException {
        return lines(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Line> lines(InputStream in) throws IOException {
        InputLines lines = new InputLines(in);
        List<Line> all = new ArrayList<>();
        for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            all.add(line.get());
        }
        return all;
    }
}
