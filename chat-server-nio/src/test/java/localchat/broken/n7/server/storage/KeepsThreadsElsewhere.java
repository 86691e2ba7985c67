package localchat.broken.n7.server.storage;

import java.util.concurrent.BlockingQueue;

record KeepsThreadsElsewhere(BlockingQueue<String> posts) {}
