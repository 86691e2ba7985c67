package localchat.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import localchat.core.model.Digest32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodesTest {
    private static final String CODE = "7KQ2M-9XW4T-BC3ZD-H8RP0";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7kq2m-9xw4t-bc3zd-h8rp0",
                "7KQ2M9XW4TBC3ZDH8RP0",
                " 7KQ2M 9XW4T BC3ZD H8RPo ",
                "7-K-Q-2-M-9XW4TBC3ZDH8RPO"
            })
    void readsWhatPeopleType(String typed) {
        assertEquals(Codes.hash(CODE), Codes.hash(typed));
    }

    @Test
    void readsIAndLAsOne() {
        assertEquals(Codes.hash("1".repeat(20)), Codes.hash("iIlL1".repeat(4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7KQ2M-9XW4T-BC3ZD-H8RP",
                "7KQ2M-9XW4T-BC3ZD-H8RP00",
                "7KQ2M-9XW4T-BC3ZD-H8RPU",
                "7KQ2M-9XW4T-BC3ZD-H8RP\u0661",
                "7KQ2M_9XW4T_BC3ZD_H8RP0"
            })
    void whatCannotBeACodeHasNoHash(String typed) {
        assertEquals(Optional.empty(), Codes.hash(typed));
    }

    @Test
    void keepsTheSha256OfThePlainCode() throws NoSuchAlgorithmException {
        byte[] plain = {
            '7', 'K', 'Q', '2', 'M', '9', 'X', 'W', '4', 'T', 'B', 'C', '3', 'Z', 'D', 'H', '8',
            'R', 'P', '0'
        };
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(plain);
        assertEquals(Optional.of(new Digest32(hash)), Codes.hash(CODE));
    }

    /// Twenty characters of 32: 100 bits, when each of them takes every value everywhere.
    @Test
    void everyCharacterTakesEveryValueEverywhere() {
        Random random = new Random(1);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String code = Codes.random(random).replace("-", "");
            assertEquals(Codes.LENGTH, code.length());
            for (int at = 0; at < code.length(); at++) {
                seen.add(at * 128 + code.charAt(at));
            }
        }
        assertEquals(20 * 32, seen.size());
        assertNotEquals(Codes.random(random), Codes.random(random));
        assertTrue(Codes.hash(Codes.random(random)).isPresent());
    }
}
