package dev.hyptrace.diff.address;

import java.util.Optional;

/** Names for addresses. */
@FunctionalInterface
public interface Symbols {
    /** No address has a name. */
    Symbols NONE = address -> Optional.empty();

    /** The name of the place, such as {@code __hyp_set_vectors+0x8}. */
    Optional<String> at(int address);
}
