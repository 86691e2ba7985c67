package localchat.server.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.JoinLink;
import localchat.core.model.CloseReason;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.wait.strategy.Wait;

/// Builds the server's image from this repository, as the README says, and lets two people chat
/// through it. Skipped where no engine runs Linux containers; with `LOCALCHAT_REQUIRE_ENGINE` in
/// the environment it fails there.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ContainerIT {
    private static final String IMAGE = "localchat-server:it";
    private static final int PORT = 7667;

    /// Minutes an image build may take. Reason: with nothing cached it downloads a JDK and
    /// everything Maven needs, about a minute on 2 cores; a slow network gets ten times that.
    private static final int BUILD_MINUTES_MAX = 12;

    /// Seconds from the stop signal to the end; then the engine kills, and the exit code is 137.
    private static final int STOP_SECONDS_MAX = 5;

    /// Why there can be no container; empty when there can.
    private static Optional<String> engineFault = Optional.empty();

    @BeforeAll
    @Timeout(value = BUILD_MINUTES_MAX + 1, unit = TimeUnit.MINUTES)
    static void buildsTheImage() {
        engineFault = findEngineFault();
        if (engineFault.isEmpty()) {
            buildImage();
        } else {
            // Maven shows how many tests were skipped, not why.
            System.out.println("no container tests: " + engineFault.orElseThrow());
        }
    }

    /// Before each test, because a class that is skipped as a whole shows up as no test at all.
    @BeforeEach
    void needsAnEngine() {
        if (System.getenv("LOCALCHAT_REQUIRE_ENGINE") != null) {
            assertEquals(Optional.empty(), engineFault, "LOCALCHAT_REQUIRE_ENGINE is set");
        }
        assumeTrue(engineFault.isEmpty(), () -> engineFault.orElseThrow());
    }

    @Test
    void letsTwoPeopleChatThroughTheMappedPort() throws InterruptedException, IOException {
        try (GenericContainer<?> server = startServer();
                Guest ana = Guest.enter("Ana", server.getHost(), server.getMappedPort(PORT));
                Guest bruno = Guest.enter("Bruno", server.getHost(), server.getMappedPort(PORT))) {
            ana.say("Good morning, Bruno");
            bruno.awaitMessage("Ana", "Good morning, Bruno");
            bruno.say("Bom dia, Ana \u2615");
            ana.awaitMessage("Bruno", "Bom dia, Ana \u2615");
        }
    }

    @Test
    void printsNothingButWhereItListensAndItsLinkOnStandardOutput() {
        try (GenericContainer<?> server = startServer()) {
            List<String> lines = server.getLogs(OutputType.STDOUT).lines().toList();
            assertFalse(lines.isEmpty());
            List<String> addresses = lines.subList(0, lines.size() - 1);
            assertFalse(addresses.isEmpty(), lines::toString);
            assertTrue(
                    addresses.stream().allMatch(line -> line.matches("listening on \\S+:" + PORT)),
                    lines::toString);
            assertEquals(PORT, JoinLink.parse(lines.getLast()).addresses().getFirst().port());
        }
    }

    @Test
    void runsAsAnUnprivilegedUserAndAsTheFirstProcess() throws IOException, InterruptedException {
        try (GenericContainer<?> server = startServer()) {
            String status = server.execInContainer("cat", "/proc/1/status").getStdout();
            List<String> lines = status.lines().toList();
            assertTrue(lines.contains("Name:\tjava"), status);
            assertTrue(lines.contains("Uid:\t10001\t10001\t10001\t10001"), status);
            assertTrue(lines.contains("Gid:\t10001\t10001\t10001\t10001"), status);
        }
    }

    @Test
    void tellsItsGuestsAndEndsWithinFiveSecondsOfTheStopSignal()
            throws InterruptedException, IOException {
        try (GenericContainer<?> server = startServer();
                Guest ana = Guest.enter("Ana", server.getHost(), server.getMappedPort(PORT))) {
            engine().stopContainerCmd(server.getContainerId()).withTimeout(STOP_SECONDS_MAX).exec();
            ContainerState state =
                    engine().inspectContainerCmd(server.getContainerId()).exec().getState();
            assertEquals("exited", state.getStatus());
            assertEquals(0L, state.getExitCodeLong(), server::getLogs);
            assertEquals(CloseReason.GOING_AWAY, ana.awaitLoss());
        }
    }

    /// A server as careful operators run it: nothing to write to, no capability to use or gain.
    private static GenericContainer<?> startServer() {
        GenericContainer<?> server =
                new GenericContainer<>(IMAGE)
                        .withExposedPorts(PORT)
                        .withCreateContainerCmdModifier(command ->
                                command.getHostConfig()
                                        .withReadonlyRootfs(true)
                                        .withCapDrop(Capability.ALL)
                                        .withSecurityOpts(List.of("no-new-privileges")))
                        .waitingFor(Wait.forLogMessage(".*localchat://\\S+\n.*", 1))
                        .withStartupTimeout(Duration.ofSeconds(30));
        server.start();
        return server;
    }

    private static DockerClient engine() {
        return DockerClientFactory.lazyClient();
    }

    private static Optional<String> findEngineFault() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("no container engine answers; install and start Docker");
        }
        String os = engine().infoCmd().exec().getOsType();
        return "linux".equals(os)
                ? Optional.empty()
                : Optional.of("the container engine runs " + os + " containers, not Linux ones");
    }

    /// `docker build -f chat-server-nio/Dockerfile .` in the repository's root, .dockerignore
    /// included. On the machine's own network: a build needs package mirrors, which containers do
    /// not reach everywhere.
    private static void buildImage() {
        Path root = repositoryRoot();
        // Filled by the engine client's thread.
        Queue<String> output = new ConcurrentLinkedQueue<>();
        try {
            engine().buildImageCmd()
                    .withBaseDirectory(root.toFile())
                    .withDockerfile(root.resolve("chat-server-nio/Dockerfile").toFile())
                    .withNetworkMode("host")
                    .withTags(Set.of(IMAGE))
                    .exec(
                            new BuildImageResultCallback() {
                                @Override
                                public void onNext(BuildResponseItem item) {
                                    if (item.getStream() != null) {
                                        output.add(item.getStream());
                                    }
                                    super.onNext(item);
                                }
                            })
                    .awaitImageId(BUILD_MINUTES_MAX, TimeUnit.MINUTES);
        } catch (DockerClientException e) {
            throw new AssertionError("the image was not built:\n" + String.join("", output), e);
        }
    }

    /// Tests run in their module's folder or in the root itself.
    private static Path repositoryRoot() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("chat-server-nio/Dockerfile")) ? here : here.getParent();
    }
}
