package localchat.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static localchat.architecture.Vocabulary.in;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import localchat.architecture.House;
import localchat.architecture.Inspection;
import localchat.architecture.Rule;
import localchat.architecture.SharedRules;
import localchat.architecture.Vocabulary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ArchitectureTest {
    private static Inspection module;

    @BeforeAll
    static void readModule() {
        module = Inspection.ofModule(200);
    }

    static List<Rule> rules() {
        return SharedRules.and(new Rule("N1", ArchitectureTest::modelAndProtocolArePure));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void keeps(Rule rule) {
        module.assertKeeps(rule);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void reportsBreachOf(Rule rule) {
        Inspection.assertReportsBreach(rule);
    }

    private static ArchRule modelAndProtocolArePure(House house) {
        return noClasses()
                .that(in(house.core() + ".model", house.core() + ".protocol"))
                .should()
                .dependOnClassesThat(
                        Vocabulary.threading()
                                .or(in("java.nio.channels", "javax.net"))
                                .or(in("java.util.logging", "org.slf4j", "ch.qos.logback"))
                                .or(socketClockOrLogger()))
                .as("N1: core.model, core.protocol: no sockets, channels, threads, clocks, logging")
                .because(
                        "what a value means and how it is written depends on nothing but the value");
    }

    private static DescribedPredicate<JavaClass> socketClockOrLogger() {
        return DescribedPredicate.describe(
                "a socket, a clock or a logger",
                type ->
                        type.getName().matches("java\\.net\\..*Socket.*")
                                || type.getName().matches("java\\.time\\.(Clock|InstantSource)")
                                || type.getName().startsWith("java.lang.System$Logger"));
    }
}
