package localchat.core.model;

/// Why a message has no body any more. The names are those of the schema.
public enum TombstoneCause {
    /// Somebody took it back.
    DELETED,
    /// The room keeps messages for a time only.
    EXPIRED
}
