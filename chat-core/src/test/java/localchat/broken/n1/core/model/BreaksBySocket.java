package localchat.broken.n1.core.model;

import java.net.Socket;

record BreaksBySocket(Socket socket) {}
