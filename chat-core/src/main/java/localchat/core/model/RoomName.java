package localchat.core.model;

import java.util.Optional;

/// A room's name: NFC, 1 to [#BYTES_MAX] bytes of UTF-8, nothing invisible, no leading `#` (people
/// write `#general` and mean `general`) and no leading `/`.
///
/// As with [UserName], a name that somebody chooses has to pass [#fault], which is stricter.
///
/// @param value the canonical form
public record RoomName(String value) {
    /// Longest name, in bytes of UTF-8. Reason: as long as a person's.
    public static final int BYTES_MAX = 64;

    /// The room that is always there.
    public static final RoomName GENERAL = new RoomName("general");

    private static final String WHAT = "the room's name";

    /// @throws IllegalArgumentException with words for a person when it is not showable
    public RoomName {
        unshowable(canonical(value))
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault);
                });
        value = canonical(value);
    }

    private static String canonical(String raw) {
        String name = Names.canonical(raw);
        boolean marked = name.startsWith("#") && Names.utf8Length(raw) <= Names.RAW_BYTES_MAX;
        return marked ? Names.canonical(name.substring(1)) : name;
    }

    /// Whether this text is a name that a room may have, chosen under whatever rules.
    public static boolean isShowable(String raw) {
        return unshowable(canonical(raw)).isEmpty();
    }

    /// What keeps people from choosing this text as a room's name, in English for a person; empty
    /// when nothing does. Two rooms may look alike: both are listed beside each other.
    public static Optional<String> fault(String raw) {
        String name = canonical(raw);
        return unshowable(name).or(() -> NameRules.fault(WHAT, name));
    }

    private static Optional<String> unshowable(String name) {
        if (name.startsWith("/") || name.startsWith("#")) {
            return Optional.of(WHAT + " may not begin with " + name.charAt(0));
        }
        return Names.fault(WHAT, name, BYTES_MAX);
    }

    /// The form in which two names are the same room.
    public String folded() {
        return Names.folded(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
