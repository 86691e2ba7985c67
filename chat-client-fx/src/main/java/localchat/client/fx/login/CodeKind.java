package localchat.client.fx.login;

import localchat.client.fx.i18n.Phrase;
import localchat.core.client.Admittance;

/// What kind of code somebody was given.
public enum CodeKind {
    /// Made on another device of the same person.
    DEVICE,
    /// Written down by the same person.
    RECOVERY,
    /// Given by an administrator to a newcomer.
    INVITE,
    /// Printed by the server at its first start.
    ADMIN;

    /// What it is called.
    public Phrase words() {
        return Phrase.of(
                switch (this) {
                    case DEVICE -> "login.code.DEVICE";
                    case RECOVERY -> "login.code.RECOVERY";
                    case INVITE -> "login.code.INVITE";
                    case ADMIN -> "login.code.ADMIN";
                });
    }

    /// Where one gets it.
    public Phrase origin() {
        return Phrase.of(
                switch (this) {
                    case DEVICE -> "login.code.DEVICE.help";
                    case RECOVERY -> "login.code.RECOVERY.help";
                    case INVITE -> "login.code.INVITE.help";
                    case ADMIN -> "login.code.ADMIN.help";
                });
    }

    /// @throws IllegalArgumentException when [Admittance#fault] finds one
    Admittance with(String code) {
        return switch (this) {
            case DEVICE -> new Admittance.DeviceCode(code);
            case RECOVERY -> new Admittance.RecoveryCode(code);
            case INVITE -> new Admittance.Invite(code);
            case ADMIN -> new Admittance.AdminCode(code);
        };
    }
}
