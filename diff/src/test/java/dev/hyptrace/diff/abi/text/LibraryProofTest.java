package dev.hyptrace.diff.abi.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.abi.description.Abi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the library names as proof is a test of this project, or a guest. */
class LibraryProofTest {
    static Stream<Abi> library() {
        return AbiLibrary.all().stream();
    }

    private static Set<String> proofs(Abi abi) {
        Set<String> proofs = new TreeSet<>();
        abi.functions().forEach(function -> proofs.addAll(function.proof()));
        abi.evidence().forEach(shown -> proofs.addAll(shown.proof()));
        return proofs;
    }

    @ParameterizedTest
    @MethodSource("library")
    void proof_namesATest(Abi abi) throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String proof : proofs(abi)) {
            if (!isTest(proof) && !Files.exists(Path.of("../traces/guests/bin", proof + ".elf"))) {
                missing.add(proof);
            }
        }
        assertEquals(Set.of(), missing);
    }

    /** A Linux stub for 32-bit ARM without a proof of each function, of what it ignores and of its vectors would be hearsay. */
    @ParameterizedTest
    @MethodSource("library")
    void linuxStub_isProvedThroughout(Abi abi) {
        if (abi.name().startsWith("linux-stub-") || abi.name().startsWith("linux-zimage-")) {
            assertTrue(
                    abi.functions().stream()
                            .noneMatch(function -> function.proof().isEmpty()),
                    abi.name());
        }
        if (abi.name().startsWith("linux-stub-")) {
            assertTrue(
                    !abi.proof("not_validated").isEmpty() && !abi.proof("slot").isEmpty(), abi.name());
        }
    }

    private static boolean isTest(String proof) throws IOException {
        int dot = proof.indexOf('.');
        if (dot < 0) {
            return false;
        }
        String file = proof.substring(0, dot) + ".java";
        String method = "void " + proof.substring(dot + 1) + "(";
        for (String module : new String[] {"diff", "cli", "replayer", "emulator"}) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                for (Path path : files.filter(f -> f.endsWith(file)).toList()) {
                    if (Files.readString(path).contains(method)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
