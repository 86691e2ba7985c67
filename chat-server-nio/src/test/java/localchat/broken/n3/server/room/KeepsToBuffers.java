package localchat.broken.n3.server.room;

import java.nio.ByteBuffer;

record KeepsToBuffers(ByteBuffer buffer) {}
