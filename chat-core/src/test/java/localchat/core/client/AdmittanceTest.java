package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AdmittanceTest {
    private static final String CODE = "7KQ2M-9XW4T-BC3ZD-H8RPN";

    private static final List<Function<String, Admittance>> KINDS =
            List.of(
                    Admittance.Invite::new,
                    Admittance.DeviceCode::new,
                    Admittance.RecoveryCode::new,
                    Admittance.AdminCode::new);

    @Test
    void takesCodesUpToTheLimitAndWithoutTheBlanksAround() {
        assertEquals(CODE, new Admittance.DeviceCode(" " + CODE + "\n").code());
        String longest = "é".repeat(Admittance.CODE_BYTES_MAX / 2);
        assertEquals(longest, new Admittance.Invite(longest).code());
        assertTrue(Admittance.fault(longest.substring(1) + "ab").isEmpty());
    }

    @Test
    void refusesNothingAndWhatIsLongerThanTheProtocolTakes() {
        for (String raw : List.of("", " \t", "x".repeat(Admittance.CODE_BYTES_MAX + 1), "\ud800")) {
            assertTrue(Admittance.fault(raw).isPresent(), raw);
            for (Function<String, Admittance> kind : KINDS) {
                assertThrows(IllegalArgumentException.class, () -> kind.apply(raw), raw);
            }
        }
    }

    @Test
    void showsNoCode() {
        for (Function<String, Admittance> kind : KINDS) {
            assertFalse(kind.apply(CODE).toString().contains("7KQ2M"), kind.apply(CODE).toString());
        }
        SecretCode made = new SecretCode(CODE, 5, "localchat://x/?invite=" + CODE, "i1");
        assertFalse(made.toString().contains("7KQ2M"), made.toString());
    }
}
