package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdTest {
    private static final byte[] BYTES = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");

    @Test
    void keepsItsBytesInOrder() {
        assertArrayEquals(BYTES, MessageId.of(BYTES).bytes());
    }

    @Test
    void isWrittenAsItsBytesInHexadecimal() {
        assertEquals("00112233445566778899aabbccddeeff", MessageId.of(BYTES).toString());
    }

    @Test
    void putsTheFirstByteHighest() {
        assertEquals(0x0011223344556677L, MessageId.of(BYTES).bits().high());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 17, 32})
    void refusesAnyOtherLength(int length) {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> MessageId.of(new byte[length]));

        assertEquals("an id has 16 bytes, not " + length, refusal.getMessage());
    }

    @Test
    void isEqualByItsBytes() {
        assertEquals(MessageId.of(BYTES), MessageId.of(BYTES.clone()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 15})
    void differsInEveryByte(int index) {
        byte[] other = BYTES.clone();
        other[index] ^= 1;

        assertNotEquals(MessageId.of(BYTES), MessageId.of(other));
    }

    @Test
    void takesAllItsBitsFromTheRandomSource() {
        Random ones =
                new Random() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public long nextLong() {
                        return -1;
                    }
                };

        assertEquals("f".repeat(32), MessageId.random(ones).toString());
    }

    @Test
    void isAnotherEachTime() {
        Random random = new Random(1);

        assertNotEquals(MessageId.random(random), MessageId.random(random));
    }
}
