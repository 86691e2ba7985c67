package localchat.core.model;

import java.util.Optional;

/// A room's name: NFC, 1 to [#BYTES_MAX] bytes of UTF-8, nothing invisible, no leading `#` (people
/// write `#general` and mean `general`) and no leading `/`.
///
/// @param value the canonical form
public record RoomName(String value) {
    /// Longest name, in bytes of UTF-8. Reason: as long as a person's.
    public static final int BYTES_MAX = 64;

    /// The room that is always there.
    public static final RoomName GENERAL = new RoomName("general");

    /// @throws IllegalArgumentException with words for a person when [#fault] finds one
    public RoomName {
        fault(value)
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

    /// What is wrong with this text as a room's name, in English for a person; empty when it is
    /// one.
    public static Optional<String> fault(String raw) {
        String name = canonical(raw);
        if (name.startsWith("/") || name.startsWith("#")) {
            return Optional.of("the room's name may not begin with " + name.charAt(0));
        }
        return Names.fault("the room's name", name, BYTES_MAX);
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
