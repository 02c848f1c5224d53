package dev.hyptrace.diff.abi.catalogue;

import dev.hyptrace.traces.model.Hypercall;
import java.util.List;
import java.util.Optional;

/** Recognises one entry. */
@FunctionalInterface
interface Rule {
    /**
     * What a call has of it, one sentence; empty when it does not show it, or what it takes was not recorded.
     *
     * @param before the calls before this one
     */
    Optional<String> finding(List<Hypercall> before, Hypercall call);
}
