package localchat.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import localchat.core.client.PendingRequests.OnAnswer;
import localchat.core.client.PendingRequests.Refused;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Code;
import localchat.core.protocol.wire.Device;
import localchat.core.protocol.wire.ListDevices;
import localchat.core.protocol.wire.ServerFrame.KindCase;

/// Requests about people, and what their answers mean to a front end. May be called from any
/// thread; asks on the session thread.
final class PeopleRequests {
    /// Devices in one answer to the front end; further ones are left out. Reason: a person has a
    /// handful, and a server's mistake must not fill the memory.
    static final int DEVICES_MAX = 1_000;

    private final Asker asker;
    private final PendingRequests requests;

    PeopleRequests(Asker asker, PendingRequests requests) {
        this.asker = asker;
        this.requests = requests;
    }

    /// Asks for something that is answered with Done.
    CompletableFuture<Boolean> done(ClientFrame.Builder request) {
        return done(request, () -> {});
    }

    /// @param onDone run on the session thread before the future is completed
    CompletableFuture<Boolean> done(ClientFrame.Builder request, Runnable onDone) {
        return asker.ask(answer ->
                send(
                        request,
                        KindCase.DONE,
                        answer,
                        _ -> {
                            onDone.run();
                            answer.complete(true);
                        }));
    }

    /// Asks for something that is answered with a frame whose coming is all it says here.
    CompletableFuture<Boolean> answered(ClientFrame.Builder request, KindCase expected) {
        return asker.ask(answer -> send(request, expected, answer, _ -> answer.complete(true)));
    }

    /// Asks for a code.
    CompletableFuture<SecretCode> code(ClientFrame.Builder request) {
        return asker.ask(answer ->
                send(
                        request,
                        KindCase.CODE,
                        answer,
                        frame -> answer.complete(code(frame.getCode()))));
    }

    private static SecretCode code(Code wire) throws MalformedFrameException {
        return new SecretCode(
                wire.getCode(),
                WireDecoding.count("code.expires_ms", wire.getExpiresMs()),
                wire.getLink(),
                wire.getInviteId());
    }

    /// Asks for somebody's devices.
    ///
    /// @param userId 0: the user's own
    CompletableFuture<List<DeviceInfo>> devices(long userId) {
        ListDevices list = ListDevices.newBuilder().setUserId(userId).build();
        return asker.ask(answer ->
                send(
                        ClientFrame.newBuilder().setListDevices(list),
                        KindCase.DEVICE_PAGE,
                        answer,
                        frame -> answer.complete(devices(frame.getDevicePage().getDevicesList()))));
    }

    private static List<DeviceInfo> devices(List<Device> wire) throws MalformedFrameException {
        List<DeviceInfo> devices = new ArrayList<>();
        for (Device device : wire.subList(0, Math.min(wire.size(), DEVICES_MAX))) {
            devices.add(
                    new DeviceInfo(
                            WireDecoding.digest("device.device_id", device.getDeviceId()),
                            device.getDeviceName(),
                            device.getClientName(),
                            device.getFirstSeenMs(),
                            device.getLastSeenMs(),
                            device.getOnline(),
                            device.getCurrent()));
        }
        return List.copyOf(devices);
    }

    /// Asks a question of several steps, the first of which this is.
    <T> CompletableFuture<T> ask(Consumer<CompletableFuture<T>> question) {
        return asker.ask(question);
    }

    /// Sends one request; a refusal of it is the refusal of the whole. On the session thread.
    void send(
            ClientFrame.Builder request,
            KindCase expected,
            CompletableFuture<?> answer,
            OnAnswer onAnswer) {
        // A builder that was numbered once must not be numbered again.
        requests.ask(request.clone(), expected, onAnswer, refuse(answer));
    }

    private static Consumer<Refused> refuse(CompletableFuture<?> answer) {
        return refused -> answer.completeExceptionally(RequestException.of(refused));
    }
}
