package localchat.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;

/// A never-rule.
///
/// @param number its name in messages, such as `N7`; in lower case the package below
///   `localchat.broken` in which it is broken
/// @param text what it forbids in a given house
public record Rule(String number, Function<House, ArchRule> text) {
    @Override
    public String toString() {
        return number;
    }
}
