package localchat.server.benchmark;

/// The messages of one client to one room, numbered.
final class MessageStream {
    private final Client client;
    private final int room;
    private final int id;
    private final FrameTemplate template;
    private int sent;

    /// @param id number of this stream, from 0
    MessageStream(Client client, int room, int id, Wire wire) {
        this.client = client;
        this.room = room;
        this.id = id;
        this.template = wire.template(client, room);
    }

    void send(long dueNanos) {
        client.send(template.next(dueNanos, id, sent++));
    }

    int room() {
        return room;
    }

    int sent() {
        return sent;
    }
}
