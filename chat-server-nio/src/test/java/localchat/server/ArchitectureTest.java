package localchat.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static localchat.architecture.Vocabulary.in;
import static localchat.architecture.Vocabulary.named;
import static localchat.architecture.Vocabulary.satisfy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.stream.Stream;
import localchat.architecture.Bytecode;
import localchat.architecture.House;
import localchat.architecture.Inspection;
import localchat.architecture.Rule;
import localchat.architecture.SharedRules;
import localchat.architecture.Vocabulary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ArchitectureTest {
    private static final List<String> CENTRE = List.of("loop", "net", "session", "room", "account");
    private static final List<String> NEIGHBOURS =
            List.of("storage", "files", "discovery", "metrics", "admin");

    private static Inspection module;

    @BeforeAll
    static void readModule() {
        module = Inspection.ofModule(90);
    }

    static List<Rule> rules() {
        return SharedRules.and(
                new Rule("N3", ArchitectureTest::roomsAndSessionsKnowNoSockets),
                new Rule("N4", ArchitectureTest::loopKnowsNoChat),
                new Rule("N6", ArchitectureTest::neighboursStayApart),
                new Rule("N7", ArchitectureTest::chatBelongsToOneThread));
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

    private static ArchRule roomsAndSessionsKnowNoSockets(House house) {
        String server = house.server();
        ArchRule room =
                noClasses()
                        .that(in(server + ".room"))
                        .should()
                        .dependOnClassesThat(
                                in(
                                        server + ".net",
                                        server + ".session",
                                        server + ".loop",
                                        "java.nio.channels"))
                        .as("N3: room never imports net, session, loop, java.nio.channels")
                        .because("rooms run in tests without a socket, a peer or a loop");
        ArchRule session =
                noClasses()
                        .that(in(server + ".session"))
                        .should()
                        .dependOnClassesThat(in("java.nio.channels"))
                        .as("N3: session never imports java.nio.channels")
                        .because("bytes come to it and leave it through net");
        return CompositeArchRule.of(room).and(session);
    }

    private static ArchRule loopKnowsNoChat(House house) {
        DescribedPredicate<JavaClass> project = in(house.core(), house.server(), house.client());
        return noClasses()
                .that(in(house.server() + ".loop"))
                .should()
                .dependOnClassesThat(project.and(not(in(house.server() + ".loop"))))
                .as("N4: loop imports no other project package")
                .because("it turns, whatever is chatted");
    }

    private static ArchRule neighboursStayApart(House house) {
        DescribedPredicate<JavaClass> centre = inAnyOf(house, CENTRE);
        DescribedPredicate<JavaClass> neighbours = inAnyOf(house, NEIGHBOURS);
        return classes()
                .should(
                        satisfy(
                                "keep centre and neighbours apart",
                                (type, report) -> {
                                    List<JavaClass> seen = seenBy(type);
                                    List<JavaClass> others =
                                            seen.stream()
                                                    .filter(neighbours)
                                                    .filter(used ->
                                                            !areInSamePart(house, type, used))
                                                    .toList();
                                    boolean wires =
                                            named("ChatServer")
                                                    .or(named("Store"))
                                                    .or(named("ServerOperator"))
                                                    .test(type);
                                    boolean seesBoth = seen.stream().anyMatch(centre);
                                    if (neighbours.test(type)
                                            || centre.test(type)
                                            || (seesBoth && !wires)) {
                                        others.forEach(used ->
                                                report.accept(type, "imports " + used.getName()));
                                    }
                                }))
                .as(
                        "N6: neighbours never import each other, the centre never a neighbour; only"
                                + " ChatServer, its Store and what it does for operators see both")
                .because("each can then be read, tested and replaced alone");
    }

    private static List<JavaClass> seenBy(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .distinct()
                .toList();
    }

    private static boolean areInSamePart(House house, JavaClass one, JavaClass other) {
        return NEIGHBOURS.stream()
                .map(part -> in(house.server() + "." + part))
                .anyMatch(part -> part.test(one) && part.test(other));
    }

    private static DescribedPredicate<JavaClass> inAnyOf(House house, List<String> parts) {
        return in(parts.stream().map(part -> house.server() + "." + part).toArray(String[]::new));
    }

    private static ArchRule chatBelongsToOneThread(House house) {
        return classes()
                .that(
                        in(
                                house.server() + ".net",
                                house.server() + ".session",
                                house.server() + ".room",
                                house.server() + ".account"))
                .should(beMadeForOneThread())
                .as(
                        "N7: net, session, room, account: nothing from java.util.concurrent, no Thread, no"
                                + " synchronized, no volatile")
                .because("their state belongs to the loop, and what needs no lock cannot deadlock");
    }

    private static ArchCondition<JavaClass> beMadeForOneThread() {
        return satisfy(
                "be made for one thread",
                (type, report) -> {
                    seenBy(type).stream()
                            .filter(Vocabulary.threading())
                            .forEach(used -> report.accept(type, "uses " + used.getName()));
                    Stream.concat(type.getFields().stream(), type.getMethods().stream())
                            .filter(member ->
                                    member.getModifiers().contains(JavaModifier.VOLATILE)
                                            || member.getModifiers()
                                                    .contains(JavaModifier.SYNCHRONIZED))
                            .forEach(member ->
                                    report.accept(
                                            type,
                                            "has volatile or synchronized " + member.getName()));
                    if (Bytecode.hasSynchronizedBlock(type)) {
                        report.accept(type, "has a synchronized block");
                    }
                });
    }
}
