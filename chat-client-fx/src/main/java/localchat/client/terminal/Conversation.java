package localchat.client.terminal;

import localchat.core.client.ChatSession;

/// What the parts of a chat at a terminal share. All of it belongs to the owning thread.
///
/// @param self who this person is
/// @param posts what this person posted and is not stored
record Conversation(
        ChatSession session,
        Inbox inbox,
        Announcer announcer,
        JoinedRooms rooms,
        Self self,
        OwnPosts posts,
        ReadMarks marks) {}
