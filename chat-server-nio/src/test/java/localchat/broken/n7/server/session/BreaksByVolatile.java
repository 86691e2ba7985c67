package localchat.broken.n7.server.session;

final class BreaksByVolatile {
    volatile boolean open;
}
