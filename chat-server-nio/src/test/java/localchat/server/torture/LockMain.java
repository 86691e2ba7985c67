package localchat.server.torture;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/// Another program that uses the server's database: somebody's curiosity, or a backup of the wrong
/// kind.
public final class LockMain {
    private LockMain() {}

    /// The data folder; what to begin a transaction with; how long to hold it, in milliseconds.
    /// Says `held` when it does.
    public static void main(String[] args) throws Exception {
        try (Connection connection = Databases.open(Path.of(args[0]));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute(args[1]);
            statement.executeQuery("SELECT count(*) FROM event").close();
            System.out.println("held");
            TimeUnit.MILLISECONDS.sleep(Long.parseLong(args[2]));
            statement.execute("ROLLBACK");
        }
    }

    /// Runs it, and returns once the transaction is held.
    static Process hold(Path data, String begin, long millis) throws Exception {
        String classes =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        Process process =
                new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/java",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classes,
                                LockMain.class.getName(),
                                data.toString(),
                                begin,
                                String.valueOf(millis))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String line = process.inputReader().readLine();
        if (!"held".equals(line)) {
            process.destroyForcibly();
            throw new java.io.IOException("the other program said " + line);
        }
        return process;
    }
}
