package localchat.core.model;

import java.util.Arrays;
import java.util.TreeMap;

/// What looks like what: of each set of characters that look alike, the one that stands for all, by
/// Unicode's confusables.txt (UTS #39). `0` is `O`; `1`, `I` and `|` are `l`; `m` is `rn`.
final class Confusables {
    static final String TABLE = "confusables.txt";

    private static final int ASCII = 0x80;

    private static final Confusables CONFUSABLES = new Confusables();

    /// In ascending order, and what stands for each.
    private final int[] points;

    private final String[] likes;

    /// The same for ASCII, by code point: most names need no more.
    private final String[] ascii = new String[ASCII];

    private Confusables() {
        TreeMap<Integer, String> byPoint = new TreeMap<>();
        for (String line : UnicodeTable.lines(TABLE)) {
            String[] words = line.split(" ", -1);
            String like = textOf(words[0]);
            for (int i = 1; i < words.length; i++) {
                byPoint.put(Integer.parseInt(words[i], 16), like);
            }
        }
        points = new int[byPoint.size()];
        likes = byPoint.values().toArray(new String[0]);
        int next = 0;
        for (int point : byPoint.keySet()) {
            points[next++] = point;
        }
        for (int point = 0; point < ASCII; point++) {
            ascii[point] = byPoint.getOrDefault(point, Character.toString(point));
        }
    }

    private static String textOf(String joinedPoints) {
        StringBuilder text = new StringBuilder();
        for (String point : joinedPoints.split("[+]", -1)) {
            text.appendCodePoint(Integer.parseInt(point, 16));
        }
        return text.toString();
    }

    /// What stands for a character: mostly itself.
    static String like(int point) {
        if (point < ASCII) {
            return CONFUSABLES.ascii[point];
        }
        int found = Arrays.binarySearch(CONFUSABLES.points, point);
        return found >= 0 ? CONFUSABLES.likes[found] : Character.toString(point);
    }
}
