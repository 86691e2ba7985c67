package localchat.core.model;

/// What a person may do on the server. In order: a later one may all that an earlier one may.
public enum Role {
    MEMBER,
    MODERATOR,
    ADMIN
}
