package localchat.broken.n8.core.client;

interface Clock {
    long nanos();
}
