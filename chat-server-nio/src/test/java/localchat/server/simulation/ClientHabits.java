package localchat.server.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomName;
import localchat.core.model.RoomTopic;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.RoomKind;
import localchat.server.oracle.BodyHash;
import localchat.server.simulation.Tally.Happening;

/// What people do with a modelled client, at random.
final class ClientHabits {
    private static final List<String> ROOM_NAMES =
            List.of("general", "kitchen", "lab", "roof", "cellar");
    private static final int OUTBOX_MAX = 40;

    private final SimulatedWorld world;
    private final Dice dice;

    ClientHabits(SimulatedWorld world) {
        this.world = world;
        this.dice = world.dice();
    }

    /// One thing that somebody does now.
    void act(SimulatedClient client) {
        if (dice.oneIn(world.plan().dropOneIn())) {
            client.lose(dice.oneIn(3));
        }
        Optional<ClientLink> ready = client.ready();
        if (ready.isEmpty()) {
            if (dice.oneIn(4)) {
                post(client); // Typed while offline.
            }
            return;
        }
        if (dice.oneIn(world.plan().slowOneIn())) {
            readSlowly(ready.get());
        }
        switch (dice.between(0, 29)) {
            case 0, 1 -> client.rooms().join(dice.of(ROOM_NAMES));
            case 2 ->
                    anyIdleRoom(client)
                            .ifPresent(room -> client.rooms().leave(room, dice.oneIn(2)));
            case 3 ->
                    anyIdleRoom(client)
                            .filter(room -> !client.outbox().isUnderWayTo(room.id()))
                            .ifPresent(client.rooms()::resume);
            case 4 -> makeRoom(client, ready.get());
            case 5 -> openDirect(client, ready.get());
            case 6 -> markRead(client, ready.get());
            case 7 -> fetchHistory(client, ready.get());
            case 8 -> setRoom(client, ready.get());
            case 9 -> client.outbox().sendable().ifPresent(client::send);
            case 10 -> ready.get().peer().takes(Long.MAX_VALUE);
            case 11 -> {
                for (int i = dice.between(2, 12); i > 0; i--) {
                    post(client);
                }
            }
            default -> post(client);
        }
    }

    private void readSlowly(ClientLink link) {
        world.tally().add(Happening.SLOW_READER);
        link.peer().takes(dice.oneIn(2) ? 0 : dice.between(1, 3_000));
    }

    private Optional<CachedRoom> anyRoom(SimulatedClient client) {
        List<CachedRoom> wanted =
                client.rooms().byId().values().stream().filter(CachedRoom::isWanted).toList();
        return wanted.isEmpty() ? Optional.empty() : Optional.of(dice.of(wanted));
    }

    private Optional<CachedRoom> anyIdleRoom(SimulatedClient client) {
        return anyRoom(client).filter(CachedRoom::takesPosts);
    }

    private void makeRoom(SimulatedClient client, ClientLink link) {
        if (!dice.oneIn(3)) {
            return;
        }
        ClientFrame.Builder create = ClientFrame.newBuilder();
        create.getCreateRoomBuilder()
                .setName("den " + dice.between(1, 9))
                .setKind(dice.oneIn(8) ? RoomKind.ROOM_PUBLIC : RoomKind.ROOM_PRIVATE)
                .setPastVisible(dice.oneIn(2))
                .addMemberUserIds(anybody(client));
        link.ask(
                create,
                answer -> {
                    if (answer.hasRoomEntered()) {
                        client.rooms().onEnteredLive(answer.getRoomEntered());
                    }
                });
    }

    private long anybody(SimulatedClient client) {
        List<Long> known = List.copyOf(new TreeMap<>(world.userIds()).values());
        return known.isEmpty() ? client.userId() : dice.of(known);
    }

    private void openDirect(SimulatedClient client, ClientLink link) {
        ClientFrame.Builder open = ClientFrame.newBuilder();
        open.getOpenDirectBuilder().setUserId(anybody(client));
        link.ask(
                open,
                answer -> {
                    if (answer.hasRoomEntered()) {
                        client.rooms().onEnteredLive(answer.getRoomEntered());
                    }
                });
    }

    private void markRead(SimulatedClient client, ClientLink link) {
        anyIdleRoom(client)
                .ifPresent(room -> {
                    ClientFrame.Builder mark = ClientFrame.newBuilder();
                    mark.getMarkReadBuilder().setRoomId(room.id()).setSeq(room.last());
                    link.ask(mark, answer -> {});
                });
    }

    private void fetchHistory(SimulatedClient client, ClientLink link) {
        anyIdleRoom(client)
                .ifPresent(room -> {
                    ClientFrame.Builder fetch = ClientFrame.newBuilder();
                    fetch.getFetchHistoryBuilder()
                            .setRoomId(room.id())
                            .setLimit(dice.between(0, 20));
                    switch (dice.between(0, 2)) {
                        case 0 -> fetch.getFetchHistoryBuilder().setBeforeSeq(room.last());
                        case 1 -> fetch.getFetchHistoryBuilder().setAfterSeq(room.last() / 2);
                        default -> fetch.getFetchHistoryBuilder().setAroundSeq(room.last() / 2);
                    }
                    link.ask(fetch, answer -> {});
                });
    }

    private void setRoom(SimulatedClient client, ClientLink link) {
        anyIdleRoom(client)
                .ifPresent(room -> {
                    ClientFrame.Builder set = ClientFrame.newBuilder();
                    set.getSetRoomBuilder().setRoomId(room.id()).setPastVisible(dice.oneIn(2));
                    link.ask(set, answer -> {});
                });
    }

    // Posts
    // -----------------------------------------------------------------------------------------------

    private void post(SimulatedClient client) {
        if (client.outbox().size() >= OUTBOX_MAX) {
            return;
        }
        anyRoom(client)
                .ifPresent(room -> {
                    EventBody body = body(client, room);
                    MessageId id = new MessageId(dice.id());
                    if (body instanceof EventBody.Message || body instanceof EventBody.Topic) {
                        client.journal().sent(id, room.id(), BodyHash.of(body));
                    } else {
                        client.journal().sentDependent(id, room.id(), BodyHash.of(body));
                    }
                    client.outbox().add(id, room.id(), body);
                });
    }

    private EventBody body(SimulatedClient client, CachedRoom room) {
        long target = dice.between(1L, Math.max(1L, room.last()));
        return switch (dice.between(0, 23)) {
            case 0 -> new EventBody.Edit(target, text());
            case 1 -> new EventBody.Delete(target);
            case 2, 3 -> new EventBody.Reaction(target, new Emoji("+1"), dice.oneIn(3));
            case 4 -> new EventBody.Pin(target, dice.oneIn(3));
            case 5 -> new EventBody.Topic(new RoomTopic("topic " + dice.between(1, 99)));
            case 6 ->
                    dice.oneIn(4)
                            ? new EventBody.Rename(new RoomName(dice.of(ROOM_NAMES)))
                            : new EventBody.Message(text(), target, false);
            case 7, 8 -> membership(client);
            default -> new EventBody.Message(text(), 0, dice.oneIn(9));
        };
    }

    private EventBody membership(SimulatedClient client) {
        List<String> names = new ArrayList<>(new TreeSet<>(world.userIds().keySet()));
        MembershipChange change = dice.of(List.of(MembershipChange.values()));
        String whom =
                change == MembershipChange.LEFT || names.isEmpty() ? client.name() : dice.of(names);
        long userId = world.userIds().getOrDefault(whom, 1L);
        return new EventBody.Membership(userId, new UserName(whom), change);
    }

    private MessageText text() {
        boolean isLong = dice.oneIn(world.plan().longTextOneIn());
        int length = isLong ? dice.between(2_000, 4_000) : dice.between(1, 60);
        return new MessageText("x" + Integer.toHexString(length) + "y".repeat(length));
    }
}
