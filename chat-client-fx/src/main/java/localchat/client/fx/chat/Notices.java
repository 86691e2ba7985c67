package localchat.client.fx.chat;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import localchat.client.fx.i18n.Phrase;

/// What the person should know, until it is dismissed: the newest of each kind. Belongs to the
/// JavaFX thread.
public final class Notices {
    /// So far a clock may be off before anything is said, in milliseconds. Reason: nobody minds a
    /// minute.
    static final long CLOCK_OFF_MILLIS = 60_000;

    private static final long MINUTE_MILLIS = 60_000;

    private final ReadOnlyObjectWrapper<Optional<Phrase>> notice =
            new ReadOnlyObjectWrapper<>(this, "notice", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Phrase>> clock =
            new ReadOnlyObjectWrapper<>(this, "clock", Optional.empty());

    Notices() {}

    /// Something that happened.
    public ReadOnlyObjectProperty<Optional<Phrase>> noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    /// That this computer's clock is wrong, or the server's.
    public ReadOnlyObjectProperty<Optional<Phrase>> clockProperty() {
        return clock.getReadOnlyProperty();
    }

    /// The notice was read.
    public void dismiss() {
        notice.set(Optional.empty());
    }

    /// The notice about the clock was read.
    public void dismissClock() {
        clock.set(Optional.empty());
    }

    void tell(Phrase words) {
        notice.set(Optional.of(words));
    }

    /// @param offsetMillis the server's clock less this machine's
    void clockIsOff(long offsetMillis) {
        long off = Math.abs(offsetMillis);
        long minutes = (off + MINUTE_MILLIS / 2) / MINUTE_MILLIS;
        clock.set(
                off > CLOCK_OFF_MILLIS
                        ? Optional.of(Phrase.count("notice.clock", minutes))
                        : Optional.empty());
    }
}
