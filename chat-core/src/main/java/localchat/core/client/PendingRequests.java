package localchat.core.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import localchat.core.model.ErrorCode;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.Limits;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.ServerFrame.KindCase;

/// Requests and the answers they wait for; no more at once, and no faster, than the server takes.
/// Belongs to the session thread. Each request is answered or refused exactly once.
final class PendingRequests {
    /// Takes the answer, a frame of the kind that was expected.
    @FunctionalInterface
    interface OnAnswer {
        void accept(ServerFrame frame) throws MalformedFrameException;
    }

    /// Why there will be no answer.
    ///
    /// @param text English, for a person
    /// @param retryAfterMillis earliest sensible time for another attempt, when `retryable`
    /// @param lost the connection went, which says nothing about the request
    record Refused(
            ErrorCode code, String text, boolean retryable, long retryAfterMillis, boolean lost) {
        static Refused of(Error error) {
            ErrorCode code = WireDecoding.errorCode(error.getCode());
            return new Refused(
                    code,
                    error.getText().isBlank() ? code.name() : error.getText(),
                    error.getRetryable() || code.retryable(),
                    Integer.toUnsignedLong(error.getRetryAfterMs()),
                    false);
        }

        private static Refused here(ErrorCode code, String text) {
            return new Refused(code, text, code.retryable(), 0, code == ErrorCode.NOT_NOW);
        }
    }

    /// Requests that wait for their turn; further ones are refused with BUSY. Reason: a person
    /// causes a handful; a program that asks faster than it is answered must be told.
    static final int WAITING_MAX = 1_024;

    /// Requests in flight when the server sets no limit, and at most.
    static final int IN_FLIGHT_MAX = 64;

    private record Request(
            ClientFrame frame, KindCase expected, OnAnswer onAnswer, Consumer<Refused> onRefused) {}

    private record InFlight(Request request, Timers.Timer timeout) {}

    private final Uplink uplink;
    private final Timers timers;
    private final Duration timeout;
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final LinkedHashMap<Long, InFlight> inFlight = new LinkedHashMap<>();
    private int inFlightMax = IN_FLIGHT_MAX;

    /// Anew for each connection, because the server counts by connection.
    private TokenBucket pace = new TokenBucket();

    private Optional<Timers.Timer> paceTimer = Optional.empty();

    PendingRequests(Uplink uplink, Timers timers, Duration timeout) {
        this.uplink = uplink;
        this.timers = timers;
        this.timeout = timeout;
    }

    /// Takes over the limits of the server just connected to; 0 means none.
    void limitTo(Limits limits) {
        int serverMax = limits.getRequestInFlightMax();
        inFlightMax = serverMax <= 0 ? IN_FLIGHT_MAX : Math.min(serverMax, IN_FLIGHT_MAX);
        pace = new TokenBucket();
        pace.limitTo(limits.getRequestsPerSecond(), limits.getRequestsBurst(), timers.nowNanos());
    }

    /// Sends a request, in order of the calls, now or when earlier ones were answered.
    ///
    /// @param expected the kind of frame that answers it
    void ask(
            ClientFrame.Builder frame,
            KindCase expected,
            OnAnswer onAnswer,
            Consumer<Refused> onRefused) {
        if (!uplink.isOnline()) {
            onRefused.accept(Refused.here(ErrorCode.NOT_NOW, "not connected"));
            return;
        }
        if (waiting.size() >= WAITING_MAX) {
            onRefused.accept(
                    Refused.here(ErrorCode.BUSY, WAITING_MAX + " requests wait to be answered"));
            return;
        }
        ClientFrame numbered = frame.setRequestId(uplink.newRequestId()).build();
        waiting.add(new Request(numbered, expected, onAnswer, onRefused));
        sendWaiting();
    }

    /// Takes a frame that carries a request's id.
    ///
    /// @return false when no request with this id waits
    boolean onAnswer(ServerFrame frame) throws MalformedFrameException {
        InFlight answered = inFlight.remove(frame.getRequestId());
        if (answered == null) {
            return false;
        }
        answered.timeout.cancel();
        sendWaiting();
        Request request = answered.request;
        if (frame.hasError()) {
            request.onRefused.accept(Refused.of(frame.getError()));
        } else if (frame.getKindCase() == request.expected) {
            answer(request, frame);
        } else {
            request.onRefused.accept(
                    Refused.here(ErrorCode.UNSUPPORTED, "the server's answer is not understood"));
        }
        return true;
    }

    /// Whoever cannot make anything of the answer costs the connection, and hears that, too.
    private static void answer(Request request, ServerFrame frame) throws MalformedFrameException {
        boolean understood = false;
        try {
            request.onAnswer.accept(frame);
            understood = true;
        } finally {
            if (!understood) {
                request.onRefused.accept(
                        Refused.here(
                                ErrorCode.NOT_NOW, "the server's answer could not be understood"));
            }
        }
    }

    /// The connection is lost: nothing will be answered.
    void onLost() {
        List<Request> all = new ArrayList<>();
        for (InFlight sent : inFlight.values()) {
            sent.timeout.cancel();
            all.add(sent.request);
        }
        all.addAll(waiting);
        inFlight.clear();
        waiting.clear();
        paceTimer.ifPresent(Timers.Timer::cancel);
        paceTimer = Optional.empty();
        for (Request request : all) {
            request.onRefused.accept(Refused.here(ErrorCode.NOT_NOW, "not connected"));
        }
    }

    private void sendWaiting() {
        while (inFlight.size() < inFlightMax && !waiting.isEmpty()) {
            if (!pace.tryTake(timers.nowNanos())) {
                sendLater();
                return;
            }
            Request request = waiting.remove();
            long id = request.frame.getRequestId();
            Timers.Timer timer = timers.in(timeout.toNanos(), () -> onTimeout(id));
            inFlight.put(id, new InFlight(request, timer));
            uplink.send(request.frame);
        }
    }

    private void sendLater() {
        if (paceTimer.isEmpty()) {
            Runnable goOn =
                    () -> {
                        paceTimer = Optional.empty();
                        sendWaiting();
                    };
            paceTimer = Optional.of(timers.in(pace.nanosToNext(timers.nowNanos()), goOn));
        }
    }

    private void onTimeout(long id) {
        InFlight late = inFlight.remove(id);
        if (late != null) {
            String text = "the server did not answer within " + timeout.toSeconds() + " s";
            late.request.onRefused.accept(new Refused(ErrorCode.BUSY, text, true, 0, false));
            sendWaiting();
        }
    }
}
