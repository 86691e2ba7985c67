package localchat.client.fx;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.model.Availability;
import localchat.core.model.ErrorCode;
import localchat.core.model.MessageId;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/// Paints the scenes with lifelike content into PNG files, for the README and for looking at. Run
/// on demand: `mvn -pl chat-client-fx -am test -Dtest=SceneSnapshots
/// -Dsurefire.failIfNoSpecifiedTests=false -Dsnapshots=FOLDER`.
@ExtendWith(FxExtension.class)
@EnabledIfSystemProperty(named = "snapshots", matches = ".+")
final class SceneSnapshots {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 20, 14, 32, 0, 0, ZONE);
    private static final Path FOLDER = Path.of(System.getProperty("snapshots", "."));

    private static final Person SELF = FakeSession.SELF;
    private static final Person TIAGO = FakeSession.person(2, "Tiago Ferreira");
    private static final Person ANA = FakeSession.person(3, "Ana Beatriz");
    private static final Person YUKI = FakeSession.person(4, "Yuki Mori");
    private static final Person PRIYA = FakeSession.person(5, "Priya N.");
    private static final Person OMAR =
            new Person(6, new UserName("Omar Haddad"), SELF.role(), Availability.AWAY);
    private static final Person JOAO = FakeSession.person(7, "João Pedro");

    private FakeSession session = new FakeSession(event -> {});

    @Test
    void paintsLogin() throws IOException {
        for (Theme theme : Theme.values()) {
            try (Window window = window(Language.ENGLISH, theme, "", "")) {
                paint(window, theme == Theme.LIGHT ? "login" : "login-dark");
            }
        }
        try (Window window =
                window(Language.ENGLISH, Theme.LIGHT, "Marina Costa", "192.168.1.20")) {
            window.click("login-connect");
            FxExtension.await("started", () -> session.started);
            paint(window, "login-connecting");
            session.tellEnded(SessionEvent.Failure.REFUSED);
            FxExtension.await("error", () -> window.isShown("login-error"));
            paint(window, "login-error");
        }
        try (Window window = window(Language.PORTUGUESE, Theme.DARK, "Marina Costa", "192.168.1")) {
            window.fill("login-name", "");
            window.press(javafx.scene.input.KeyCode.ENTER);
            paint(window, "login-faults-portuguese");
        }
    }

    @Test
    void paintsChat() throws IOException {
        for (Theme theme : Theme.values()) {
            try (Window window = window(Language.ENGLISH, theme, "Marina Costa", "192.168.1.20")) {
                fill(window, Conversation.english());
                paint(window, theme == Theme.LIGHT ? "chat-light" : "chat-dark");
                if (theme == Theme.LIGHT) {
                    window.stage().setWidth(660);
                    window.stage().setHeight(560);
                    FxExtension.pulses(5);
                    paint(window, "chat-small");
                }
            }
        }
        try (Window window =
                window(Language.PORTUGUESE, Theme.LIGHT, "Marina Costa", "192.168.1.20")) {
            fill(window, Conversation.portuguese());
            paint(window, "chat-portuguese");
        }
    }

    @Test
    void paintsTrouble() throws IOException {
        for (Theme theme : Theme.values()) {
            try (Window window = window(Language.ENGLISH, theme, "Marina Costa", "192.168.1.20")) {
                fill(window, Conversation.english());
                trouble(window);
                paint(window, "chat-trouble-" + theme);
            }
        }
    }

    private void trouble(Window window) {
        window.fill("composer", "this one is refused");
        window.press(javafx.scene.input.KeyCode.ENTER);
        session.tellFailed(session.posted.getLast(), ErrorCode.MUTED);
        session.tell(new SessionEvent.ErrorReported(ErrorCode.TOO_MANY_ROOMS, ""));
        session.tellLost();
        FxExtension.await("banner", () -> window.isShown("connection-banner"));
        window.type("and this one waits");
        window.press(javafx.scene.input.KeyCode.ENTER);
        session.tellPost(session.posted.getLast(), PostState.WAITING);
        javafx.scene.control.TextArea composer =
                (javafx.scene.control.TextArea) window.node("composer");
        composer.setText(
                "A longer text that grows\nover some lines\nand is too long: "
                        + "word ".repeat(900));
        window.click("new-room");
        window.press(javafx.scene.input.KeyCode.ENTER);
        FxExtension.pulses(4);
    }

    private Window window(Language language, Theme theme, String name, String host) {
        Settings settings = new Settings(name, host, "7667", language, theme);
        Clock clock = Clock.fixed(Instant.from(NOW), ZONE);
        Window window =
                new Window(
                        (server, person, listener) -> {
                            session = new FakeSession(listener);
                            return session;
                        },
                        settings,
                        clock);
        window.stage().setWidth(1000);
        window.stage().setHeight(760);
        FxExtension.pulses(3);
        return window;
    }

    private void fill(Window window, Conversation words) {
        window.click("login-connect");
        FxExtension.await("started", () -> session.started);
        RoomInfo general = room(1, words.rooms().get(0), words.topic());
        RoomInfo design = room(2, words.rooms().get(1), "");
        RoomInfo lunch = room(3, words.rooms().get(2), "");
        session.listed.addAll(List.of(general, design, lunch));
        session.listed.add(room(4, words.rooms().get(3), ""));
        session.listed.add(room(5, words.rooms().get(4), ""));
        session.people.put(1L, List.of(ANA, JOAO, SELF, OMAR, PRIYA, TIAGO, YUKI));
        session.history.put(1L, history(words));
        session.tellConnected();
        session.tellEntered(general, 100);
        session.tellEntered(design, 1);
        session.tellEntered(lunch, 1);
        for (int i = 1; i <= 3; i++) {
            session.tellReceived(
                    session.message(2, i, ANA, Instant.from(NOW).toEpochMilli(), "unread"));
        }
        Person kofi = FakeSession.person(8, "Kofi Mensah");
        session.tell(
                new SessionEvent.PresenceChanged(
                        1, 7, List.of(new PresenceChange(kofi, PresenceKind.WENT)), false));
        session.tell(new SessionEvent.TypingChanged(1, List.of(TIAGO.name())));
        FxExtension.await("messages", () -> window.messages().size() > 5);
        FxExtension.pulses(5);
    }

    private List<RoomEvent> history(Conversation words) {
        List<RoomEvent> events = new ArrayList<>();
        List<Person> people = List.of(SELF, TIAGO, ANA, YUKI, PRIYA, OMAR, JOAO);
        for (Conversation.Line line : words.lines()) {
            long time = NOW.minusMinutes(line.minutesAgo()).toInstant().toEpochMilli();
            Person sender = people.get(line.sender());
            int seq = events.size() + 1;
            events.add(
                    FakeSession.message(
                            MessageId.random(new java.util.Random(seq)),
                            1,
                            seq,
                            sender,
                            time,
                            line.text()));
        }
        return events;
    }

    private static RoomInfo room(long id, String name, String topic) {
        return new RoomInfo(id, new RoomName(name), RoomKind.PUBLIC, topic, 0, 3);
    }

    private static void paint(Window window, String name) throws IOException {
        window.pointAway();
        FxExtension.pulses(4);
        WritableImage image = window.scene().snapshot(null);
        Files.createDirectories(FOLDER);
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                Files.newOutputStream(FOLDER.resolve(name + ".png"))))) {
            writePng(image, out);
        }
    }

    /// A PNG of 8 bits a channel without alpha (RFC 2083); each line filtered by "sub", which packs
    /// flat colours well.
    private static void writePng(WritableImage image, DataOutputStream out) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        out.writeLong(0x89504E470D0A1A0AL);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(head);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {8, 2, 0, 0, 0});
        writeChunk(out, "IHDR", head.toByteArray());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater =
                new DeflaterOutputStream(packed, new java.util.zip.Deflater(9))) {
            PixelReader pixels = image.getPixelReader();
            for (int y = 0; y < height; y++) {
                byte[] line = new byte[1 + 3 * width];
                line[0] = 1;
                int before = 0;
                for (int x = 0; x < width; x++) {
                    int argb = pixels.getArgb(x, y);
                    line[1 + 3 * x] = (byte) ((argb >> 16) - (before >> 16));
                    line[2 + 3 * x] = (byte) ((argb >> 8) - (before >> 8));
                    line[3 + 3 * x] = (byte) (argb - before);
                    before = argb;
                }
                deflater.write(line);
            }
        }
        writeChunk(out, "IDAT", packed.toByteArray());
        writeChunk(out, "IEND", new byte[0]);
    }

    private static void writeChunk(DataOutputStream out, String type, byte[] data)
            throws IOException {
        CRC32 crc = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }
}
