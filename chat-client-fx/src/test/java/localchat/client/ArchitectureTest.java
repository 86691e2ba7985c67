package localchat.client;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static localchat.architecture.Vocabulary.in;
import static localchat.architecture.Vocabulary.named;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import localchat.architecture.House;
import localchat.architecture.Inspection;
import localchat.architecture.Rule;
import localchat.architecture.SharedRules;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ArchitectureTest {
    private static Inspection module;

    @BeforeAll
    static void readModule() {
        module = Inspection.ofModule(150);
    }

    static List<Rule> rules() {
        return SharedRules.and(new Rule("N9", ArchitectureTest::viewsAndModelsStayApart));
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

    private static ArchRule viewsAndModelsStayApart(House house) {
        ArchRule viewModels =
                noClasses()
                        .that(named(".*ViewModel"))
                        .should()
                        .dependOnClassesThat(in("javafx.scene", "javafx.stage"))
                        .as("N9: *ViewModel never imports javafx.scene, javafx.stage")
                        .because("what the window knows is tested without a window");
        ArchRule views =
                noClasses()
                        .that(named(".*(View|Cell)"))
                        .should()
                        .dependOnClassesThat(
                                in(house.core() + ".client", house.core() + ".protocol"))
                        .as("N9: *View, *Cell never import core.client, core.protocol")
                        .because("a view shows what its model holds and decides nothing");
        ArchRule thread =
                noClasses()
                        .that(not(named("UiExecutor")))
                        .should()
                        .accessTargetWhere(runsLater())
                        .as("N9: only UiExecutor calls Platform.runLater")
                        .because("events cross to the FX thread in batches, at one place");
        return CompositeArchRule.of(viewModels).and(views).and(thread);
    }

    private static DescribedPredicate<JavaAccess<?>> runsLater() {
        return DescribedPredicate.describe(
                "is Platform.runLater",
                access ->
                        access.getTargetOwner().getName().equals("javafx.application.Platform")
                                && access.getTarget().getName().equals("runLater"));
    }
}
