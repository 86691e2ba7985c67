package localchat.core.client;

import java.util.Optional;
import localchat.core.model.MessageText;

/// A code that somebody was given, which lets a device in, or makes its person administrator. It is
/// sent with one login, the next, and never again; it is not kept, and never shown in full.
public sealed interface Admittance {
    /// Longest code, in bytes of UTF-8. Reason: the protocol takes none longer.
    int CODE_BYTES_MAX = 128;

    /// No code: the device is known, or the server takes everybody.
    record None() implements Admittance {}

    /// Admits a newcomer; given by an administrator.
    record Invite(String code) implements Admittance {
        /// @throws IllegalArgumentException when [#fault] finds one
        public Invite {
            code = requireCode(code);
        }

        @Override
        public String toString() {
            return "Invite[…]";
        }
    }

    /// Lets this device in as the person who made the code on another one.
    record DeviceCode(String code) implements Admittance {
        /// @throws IllegalArgumentException when [#fault] finds one
        public DeviceCode {
            code = requireCode(code);
        }

        @Override
        public String toString() {
            return "DeviceCode[…]";
        }
    }

    /// Lets this device in as the person who wrote the code down.
    record RecoveryCode(String code) implements Admittance {
        /// @throws IllegalArgumentException when [#fault] finds one
        public RecoveryCode {
            code = requireCode(code);
        }

        @Override
        public String toString() {
            return "RecoveryCode[…]";
        }
    }

    /// Makes the person administrator; printed by the server at its first start.
    record AdminCode(String code) implements Admittance {
        /// @throws IllegalArgumentException when [#fault] finds one
        public AdminCode {
            code = requireCode(code);
        }

        @Override
        public String toString() {
            return "AdminCode[…]";
        }
    }

    /// No code.
    static Admittance none() {
        return new None();
    }

    /// What is wrong with this text as a code, in English for a person; empty when it may be one.
    /// Whether it is one, the server alone knows: how it is written does not matter to it.
    static Optional<String> fault(String raw) {
        int bytes = MessageText.utf8Length(raw.strip());
        if (bytes == 0) {
            return Optional.of("the code is empty");
        }
        return bytes < 0 || bytes > CODE_BYTES_MAX
                ? Optional.of("the code is longer than " + CODE_BYTES_MAX + " bytes")
                : Optional.empty();
    }

    private static String requireCode(String raw) {
        fault(raw)
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault);
                });
        return raw.strip();
    }
}
