package localchat.client.terminal;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import localchat.client.terminal.LineOutput.OutputException;
import localchat.core.client.ChatSession;
import localchat.core.client.ClientStore;
import localchat.core.client.DeviceName;
import localchat.core.client.Profile;
import localchat.core.client.SessionConfig;
import localchat.core.identity.KnownServers;

/// The program `chat-term`.
public final class TerminalMain {
    /// Longest wait for the last lines to be printed when the process is killed.
    private static final long KILLED_MILLIS_MAX = 1_000;

    private final Map<String, String> environment;
    private final ErrorOutput err;
    private final LineOutput out;
    private final Texts texts;

    private TerminalMain(Map<String, String> environment) {
        this.environment = environment;
        this.err = new ErrorOutput(new FileOutputStream(FileDescriptor.err));
        this.out = new LineOutput(new FileOutputStream(FileDescriptor.out));
        this.texts =
                new Texts(Language.of(environment, Locale.getDefault(Locale.Category.DISPLAY)));
    }

    /// Runs the program and ends the process with its exit code.
    public static void main(String[] arguments) {
        // The programs carry no logging; a library that looks for one has nothing to tell a person.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(new TerminalMain(System.getenv()).run(arguments));
    }

    private int run(String[] arguments) {
        String version = version();
        try {
            return switch (new CommandLineReader(texts, version).read(arguments)) {
                case Invocation.Show(String text) -> {
                    out.text(text);
                    out.flush();
                    yield ExitCode.OK;
                }
                case Invocation.Refuse(String complaint) -> {
                    err.say(complaint);
                    yield ExitCode.USAGE;
                }
                case Invocation.Run(TerminalOptions options) -> chat(options, version);
            };
        } catch (OutputException e) {
            return ExitCode.FAILED;
        } catch (InterruptedException | RuntimeException e) {
            err.say(texts.get(Text.INTERNAL_FAULT, e));
            return ExitCode.FAILED;
        }
    }

    private int chat(TerminalOptions options, String version) throws InterruptedException {
        try (Profile profile = Profile.open(options.profileFolder())) {
            boolean person = isTerminal() && options.suitsPerson();
            KnownServers known = KnownServers.in(profile.folder());
            SessionConfig config =
                    new SessionConfig(
                            options.server(),
                            options.trust().with(known, person),
                            options.name(),
                            options.room(),
                            profile.key(),
                            "chat-term " + version,
                            options.connectTimeout(),
                            true,
                            DeviceName.of(environment, System.getProperty("os.name", "")),
                            options.admittance());
            ClientStore store = ClientStore.open(profile);
            SessionOpener opener = listener -> ChatSession.create(config, store, listener);
            return person ? runInteractive(options, opener, profile) : runPipe(options, opener);
        } catch (Profile.InUseException e) {
            err.say(texts.get(Text.PROFILE_IN_USE, options.profileFolder()));
        } catch (IOException e) {
            err.say(texts.get(Text.PROFILE_UNUSABLE, options.profileFolder(), reason(e)));
        }
        return ExitCode.FAILED;
    }

    /// Whether standard input and output both are a terminal.
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private String reason(IOException e) {
        return switch (e.getCause() instanceof FileSystemException cause ? cause : e) {
            case AccessDeniedException denied -> texts.get(Text.REASON_NOT_ALLOWED);
            case FileAlreadyExistsException exists -> texts.get(Text.REASON_NOT_A_FOLDER);
            case FileSystemException other when other.getReason() != null ->
                    String.valueOf(other.getReason());
            case FileSystemException other -> other.getClass().getSimpleName();
            default -> String.valueOf(e.getMessage());
        };
    }

    private int runInteractive(TerminalOptions options, SessionOpener opener, Profile profile)
            throws InterruptedException {
        boolean coloured = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new InteractiveMode(options, texts, err, new NanoClock.SystemNanoClock())
                .run(opener, profile.folder(), new Times(ZoneId.systemDefault()), coloured);
    }

    private int runPipe(TerminalOptions options, SessionOpener opener) throws InterruptedException {
        PipeMode pipe =
                new PipeMode(
                        options,
                        new PipeMode.Streams(new FileInputStream(FileDescriptor.in), out, err),
                        texts,
                        new NanoClock.SystemNanoClock());
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> endKilled(options, pipe, ended), "killed"));
        int code = pipe.run(opener, new Times(ZoneId.systemDefault()));
        ended.complete(code);
        return code;
    }

    /// Runs when the process ends. When it was killed, whole lines are printed and the server is
    /// told. Being killed is how `--follow` is meant to end, so that then the exit code says
    /// whether all was well; otherwise it is the signal's.
    private static void endKilled(
            TerminalOptions options, PipeMode pipe, CompletableFuture<Integer> ended) {
        if (ended.isDone()) {
            return;
        }
        pipe.stop();
        try {
            int code = ended.get(KILLED_MILLIS_MAX, TimeUnit.MILLISECONDS);
            if (options.follow()) {
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            // Standard output is stuck; the process ends all the same.
        }
    }

    /// The version that Maven wrote into the jar.
    private static String version() {
        String description = "/META-INF/maven/localchat/chat-client-fx/pom.properties";
        try (InputStream in = TerminalMain.class.getResourceAsStream(description)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "development");
        } catch (IOException e) {
            return "development";
        }
    }
}
