package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import localchat.server.oracle.Journal;
import localchat.server.oracle.Oracle;
import localchat.server.oracle.StoreContent;
import localchat.server.oracle.Violation;
import localchat.server.oracle.Violation.Rule;

/// Has the oracle judge a load once it has come to rest.
final class Verdict {
    private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(60);

    /// Of each client, before the case begins.
    private static final int WARM_UP_POSTS = 20;

    private static final int WARM_UP_POSTS_PER_SECOND = 400;

    private Verdict() {}

    /// Waits until everybody of these loads is in the rooms and has said something, and notes what
    /// the server uses when they come to rest: at the end of the case it has to be back there (V7).
    static void begin(List<Load> loads, DurableServer server) throws Exception {
        for (Load load : loads) {
            load.awaitLive(SETTLE_PATIENCE);
            load.pace(WARM_UP_POSTS_PER_SECOND);
        }
        for (Load load : loads) {
            int posts = WARM_UP_POSTS * load.plan().clients();
            Await.until(
                    SETTLE_PATIENCE,
                    "everybody to say something",
                    () -> load.figures().acknowledged() >= posts);
            load.pace(0);
        }
        for (Load load : loads) {
            load.awaitSettled(SETTLE_PATIENCE);
        }
        var _ = StoredHistory.read(server.address(), loads.getFirst().plan().rooms());
        server.atRest(Vitals.of(server));
    }

    /// Lets a load come to rest, reads what is stored as a client that was never there before, and
    /// judges: V1 to V6, nothing came twice or with a hole before it, and everybody has everything;
    /// V7 where the case began with [#begin] and the server is the same process still.
    ///
    /// @return what is stored
    static StoreContent settleAndJudge(Load load, DurableServer server) throws Exception {
        return settleAndJudge(List.of(load), server);
    }

    /// As above, for loads that chat with each other.
    static StoreContent settleAndJudge(List<Load> loads, DurableServer server) throws Exception {
        for (Load load : loads) {
            load.pace(0);
        }
        for (Load load : loads) {
            load.awaitSettled(SETTLE_PATIENCE);
        }
        StoreContent content =
                StoredHistory.read(server.address(), loads.getFirst().plan().rooms());
        judge(loads, content);
        for (Load load : loads) {
            assertEquals(List.of(), missing(load, content), "everybody has everything");
        }
        if (server.atRest().isPresent()) {
            Vitals.awaitBack(server.atRest().get(), server);
        }
        return content;
    }

    /// Judges loads as they are, wherever they are.
    static void judge(List<Load> loads, StoreContent content) throws Exception {
        Oracle.assertNone(violations(loads, content));
        for (Load load : loads) {
            LoadFigures figures = load.figures();
            assertEquals(0, figures.doubles(), "events that came twice");
            assertEquals(0, figures.gaps(), "events before which others were missing");
        }
    }

    /// Events in all rooms together.
    static int stored(StoreContent content) {
        return content.rooms().values().stream().mapToInt(List::size).sum();
    }

    /// The same content, as if the epoch in which the load was told something went on: a history
    /// that begins anew owes nobody anything.
    static StoreContent inEpochOf(Load load, StoreContent content) throws Exception {
        StoreContent same = new StoreContent(load.call(() -> load.clients().getFirst().epoch()));
        content.rooms().forEach((room, events) -> events.forEach(event -> same.add(room, event)));
        return same;
    }

    /// Throws when what is stored is not the beginning of what the load was told: events may be
    /// missing at the end, nothing else.
    ///
    /// @return whether something is missing that the load was told of
    static boolean isCutOff(Load load, StoreContent content) throws Exception {
        List<Violation> violations = violations(List.of(load), inEpochOf(load, content));
        Oracle.assertNone(
                violations.stream()
                        .filter(found -> found.rule() != Rule.V1 && found.rule() != Rule.V6)
                        .toList());
        return !violations.isEmpty();
    }

    /// What the oracle finds.
    static List<Violation> violations(List<Load> loads, StoreContent content) throws Exception {
        List<Journal> journals = new ArrayList<>();
        for (Load load : loads) {
            journals.addAll(load.call(() -> load.journals()));
        }
        return loads.getFirst().call(() -> Oracle.judge(journals, content));
    }

    private static List<Violation> missing(Load load, StoreContent content) throws Exception {
        return load.call(() -> {
            List<Violation> missing = new ArrayList<>();
            for (LoadClient client : load.clients()) {
                for (LoadRoom room : client.rooms()) {
                    missing.addAll(
                            Oracle.judgeComplete(
                                    client.journal(), content, room.roomId(), room.completeFrom()));
                }
            }
            return missing;
        });
    }
}
