package dev.hyptrace.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between modules, and what the house forbids. */
class ArchitectureTest {
    private static final String ROOT = "dev.hyptrace";
    private static final String PROTOBUF = "com.google.protobuf..";

    /** Which modules each module may use. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "traces", Set.of(),
            "emulator", Set.of(),
            "recorder", Set.of("traces"),
            "replayer", Set.of("traces", "emulator"),
            "diff", Set.of("traces", "replayer"),
            "cli", Set.of("traces", "emulator", "recorder", "replayer", "diff"));

    private static final Set<String> FORBIDDEN_NAMES = Set.of("util", "utils", "common", "impl", "manager", "helper");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(place -> !place.contains("-tests.jar"))
            .importPackages(ROOT);

    static Stream<String> modules() {
        return ARROWS.keySet().stream().sorted();
    }

    @Test
    void everyModule_isLookedAt() {
        Set<String> seen = new TreeSet<>();
        CLASSES.forEach(type -> seen.add(type.getPackageName().split("\\.")[2]));
        assertEquals(new TreeSet<>(ARROWS.keySet()), seen);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_usesNoneThatTheArrowsDoNotLeadTo(String module) {
        String[] allowed = Stream.concat(ARROWS.get(module).stream(), Stream.of(module))
                .map(name -> ROOT + "." + name + "..")
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + "." + module + "..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(allowed)))
                .check(CLASSES);
    }

    /** The other half of the arrows: what a module does not declare, its classes cannot even name. */
    @ParameterizedTest
    @MethodSource("modules")
    void modulePom_declaresNoModuleThatTheArrowsDoNotLeadTo(String module) throws IOException {
        Set<String> allowed = new TreeSet<>();
        ARROWS.get(module).forEach(name -> allowed.add("hyptrace-" + name));
        allowed.add("hyptrace-" + module);
        Set<String> declared = new TreeSet<>(artifacts(module));
        declared.removeIf(artifact -> !artifact.startsWith("hyptrace-"));
        declared.removeAll(allowed);
        assertEquals(Set.of(), declared);
    }

    @Test
    void emulator_dependsOnNoLibrary() throws IOException {
        classes()
                .that()
                .resideInAPackage(ROOT + ".emulator..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + ".emulator..")
                .check(CLASSES);
        assertEquals(List.of("hyptrace", "hyptrace-emulator"), artifacts("emulator"));
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void standardStreams_areUsedByNobody() {
        // The console of the command line opens file descriptors of its own, to know when a pipe breaks.
        noClasses().should(ACCESS_STANDARD_STREAMS).check(CLASSES);
    }

    @Test
    void fileDescriptorsOfTheProcess_areUsedInTheConsoleOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli.console..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileDescriptor")
                .check(CLASSES);
    }

    @Test
    void picocli_isUsedInTheCommandLineOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void protobuf_isUsedOnlyWhereFormatsAreCoded() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".traces..", ROOT + ".diff.abi.text..")
                .should()
                .dependOnClassesThat(resideInAPackage(PROTOBUF)
                        .or(JavaClass.Predicates.assignableTo("com.google.protobuf.MessageLite"))
                        .or(JavaClass.Predicates.assignableTo("com.google.protobuf.ProtocolMessageEnum")))
                .check(CLASSES);
    }

    @Test
    void packageNames_sayWhatIsInThem() {
        Set<String> bad = new TreeSet<>();
        CLASSES.forEach(type -> Arrays.stream(type.getPackageName().split("\\."))
                .filter(FORBIDDEN_NAMES::contains)
                .forEach(name -> bad.add(type.getPackageName())));
        assertEquals(Set.of(), bad);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyPackage_hasPackageInfo(String module) throws IOException {
        Map<Path, Boolean> described = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder(module).resolve("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file ->
                            described.merge(file.getParent(), file.endsWith("package-info.java"), Boolean::logicalOr));
        }
        assertTrue(described.size() > 0, () -> "no package in " + module);
        described.values().removeIf(isDescribed -> isDescribed);
        assertEquals(Set.of(), described.keySet());
    }

    /** The artifacts that a module's pom names, its parent and itself first, plugins and profiles aside. */
    private static List<String> artifacts(String module) throws IOException {
        String pom = Files.readString(folder(module).resolve("pom.xml")).replaceAll("(?s)<build>.*?</build>", "");
        return Stream.of(pom.split("<artifactId>"))
                .skip(1)
                .map(text -> text.substring(0, text.indexOf('<')))
                .toList();
    }

    private static Path folder(String module) {
        return Path.of("..", module);
    }
}
