package coop.vigie;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import coop.vigie.planted.one.One;
import org.junit.jupiter.api.Test;

/** The arrows between the packages go one way. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("coop.vigie");

    @Test
    void packagesFormNoCycle() {
        assertTrue(CLASSES.size() > 100, "the rule must see the whole program");
        slices().matching("coop.vigie.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void aPlantedCycleIsFound() {
        JavaClasses planted = new ClassFileImporter()
                .importPackages(One.class.getPackageName().replace(".one", ""));

        assertThrows(
                AssertionError.class,
                () -> slices().matching("coop.vigie.planted.(*)..")
                        .should()
                        .beFreeOfCycles()
                        .check(planted));
    }

    @Test
    void theVocabularyKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage("coop.vigie.notice")
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are another package of ours",
                        other -> other.getPackageName().startsWith("coop.vigie")
                                && !other.getPackageName().equals("coop.vigie.notice")))
                .check(CLASSES);
    }

    @Test
    void nobodyDependsOnTheCommandLineOrTheDemo() {
        noClasses()
                .that()
                .resideOutsideOfPackages("coop.vigie.cli", "coop.vigie.demo")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("coop.vigie.cli", "coop.vigie.demo")
                .check(CLASSES);
    }

    @Test
    void luceneStaysInTheIndex() {
        noClasses()
                .that()
                .resideOutsideOfPackage("coop.vigie.index")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene..")
                .check(CLASSES);
    }

    @Test
    void onlyStoresAndThePipelineTouchTheDatabase() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .resideOutsideOfPackages("coop.vigie.store", "coop.vigie.pipeline")
                .and()
                .doNotHaveSimpleName("Outbox")
                .and()
                .doNotHaveSimpleName("Vigie")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jdbi..")
                .check(CLASSES);
    }
}
