package localchat.core.client;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import localchat.core.model.MessageText;

/// What a device calls itself in people's lists of devices. Pure.
public final class DeviceName {
    /// Longest name, in bytes of UTF-8. Reason: the protocol takes none longer.
    public static final int BYTES_MAX = 64;

    private DeviceName() {}

    /// The machine's name as far as the environment knows it, and its system: `desk, Linux`. No
    /// name is looked up, which could wait for a network.
    ///
    /// @param environment of the process
    /// @param system what the platform is called; may be empty
    public static String of(Map<String, String> environment, String system) {
        Optional<String> host =
                Stream.of("COMPUTERNAME", "HOSTNAME")
                        .map(variable -> environment.getOrDefault(variable, "").strip())
                        .filter(name -> !name.isEmpty())
                        .findFirst();
        String name = host.map(known -> known + ", " + system).orElse(system);
        return cut(name.replaceAll("[\\p{Cntrl}\\p{Cs}]", ""));
    }

    private static String cut(String name) {
        StringBuilder kept = new StringBuilder();
        int[] points = name.codePoints().toArray();
        int bytes = 0;
        for (int point : points) {
            bytes += MessageText.utf8Length(Character.toString(point));
            if (bytes > BYTES_MAX) {
                break;
            }
            kept.appendCodePoint(point);
        }
        return kept.toString();
    }
}
