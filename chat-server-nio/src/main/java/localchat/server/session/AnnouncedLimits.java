package localchat.server.session;

import localchat.core.model.MessageText;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.wire.Limits;
import localchat.server.account.Accounts;
import localchat.server.account.Admissions;
import localchat.server.account.Allowances;
import localchat.server.account.Restraints;
import localchat.server.net.NetLimits;
import localchat.server.room.RoomRules;

/// What clients are told of the limits in force, before they meet them. PROTOCOL.md, "Limits".
final class AnnouncedLimits {
    private static final long NANOS_PER_HOUR = 3_600_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private AnnouncedLimits() {}

    static Limits of(SessionConfig config) {
        Limits.Builder limits =
                Limits.newBuilder()
                        .setFrameBytesMax(ProtocolLimits.FRAME_BYTES_MAX)
                        .setTextBytesMax(MessageText.BYTES_MAX)
                        .setUserNameBytesMax(UserName.BYTES_MAX)
                        .setRoomNameBytesMax(RoomName.BYTES_MAX)
                        .setPostsPerSecond(config.postsPerSecond())
                        .setPostsBurst(config.postsBurst())
                        .setRoomsPerSessionMax(SessionConfig.ROOMS_PER_SESSION_MAX)
                        .setHistoryPageMessagesMax(SessionConfig.HISTORY_PAGE_MESSAGES_MAX)
                        .setPeoplePageMax(SessionConfig.PEOPLE_PAGE_MAX)
                        .setResumeEventsMax(SessionConfig.RESUME_EVENTS_MAX)
                        .setRequestInFlightMax(SessionConfig.REQUESTS_IN_FLIGHT_MAX)
                        .setPostsInFlightMax(SessionConfig.POSTS_IN_FLIGHT_MAX)
                        .setRequestsPerSecond(SessionConfig.REQUESTS_PER_SECOND)
                        .setRequestsBurst(SessionConfig.REQUESTS_BURST)
                        .setEditsPerMessageMax(RoomRules.EDITS_MAX)
                        .setReactionsPerMessageMax(RoomRules.REACTIONS_MAX)
                        .setPinsPerRoomMax(RoomRules.PINS_MAX)
                        .setMembersPerRoomMax(RoomRules.MEMBERS_MAX);
        ofPerson(limits, config.proofRequired());
        ofConnection(limits, config.net());
        return limits.build();
    }

    /// @param limited false for benchmarks
    private static void ofPerson(Limits.Builder limits, boolean limited) {
        limits.setDevicesPerPersonMax(Accounts.DEVICES_MAX)
                .setBlockedPeopleMax(Restraints.BLOCKED_MAX);
        if (limited) {
            limits.setRoomsPerHour((int) (NANOS_PER_HOUR / Allowed.ROOM_NANOS))
                    .setRoomsBurst(Allowed.ROOMS_BURST)
                    .setDirectsPerHour((int) (NANOS_PER_HOUR / Allowed.DIRECT_NANOS))
                    .setDirectsBurst(Allowed.DIRECTS_BURST)
                    .setTypingPerSecond((int) (NANOS_PER_SECOND / Allowed.TYPING_NANOS))
                    .setTypingBurst(Allowed.TYPING_BURST)
                    .setNameChangesPerHour((int) (NANOS_PER_HOUR / Admissions.NAME_CHANGE_NANOS))
                    .setNameChangesBurst(Admissions.NAME_CHANGES_BURST)
                    .setNewcomersPerHour((int) (NANOS_PER_HOUR / Admissions.NEWCOMER_NANOS))
                    .setNewcomersBurst(Admissions.NEWCOMERS_BURST);
        }
    }

    private static void ofConnection(Limits.Builder limits, NetLimits net) {
        limits.setPingAfterMs(millis(net.pingNanos()))
                .setDeadAfterMs(millis(net.deadNanos()))
                .setLoginMs(millis(net.loginNanos()))
                .setFrameMs(millis(net.frameNanos()))
                .setUnreadMs(millis(net.stallNanos()))
                .setUnfinishedLoginsPerAddressMax(net.loginsPerAddressMax())
                .setPartialFrameBytesMax((int) Math.min(Integer.MAX_VALUE, net.partialBytesMax()));
    }

    private static int millis(long nanos) {
        return Allowances.millis(nanos);
    }
}
