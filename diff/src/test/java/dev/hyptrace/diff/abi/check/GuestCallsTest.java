package dev.hyptrace.diff.abi.check;

import static dev.hyptrace.diff.Calls.STUB;
import static dev.hyptrace.diff.Calls.atCall;
import static dev.hyptrace.diff.Calls.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.Calls;
import dev.hyptrace.diff.abi.check.CallCheck.Level;
import dev.hyptrace.diff.abi.report.CheckText;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Calls of a hypervisor's guests, which come in by the vectors that its host's calls come in by. */
class GuestCallsTest {
    private static final long VMID_1 = 1L << 48;
    private static final int PSCI_VERSION = 0x84000000;

    /** What a kernel asks of KVM, and what a guest of KVM asks of PSCI. */
    private static final Hypercall OF_HOST = Calls.call(1, Calls.SITE, 2, 0, 0xc0011000, 0, STUB);

    private static final Hypercall OF_GUEST = Calls.call(2, Calls.SITE, PSCI_VERSION, 0, 0xc0011000, 2, 0xc0011000);

    private static Hypercall with(Hypercall call, long vttbr) {
        return atCall(set(Register.VTTBR, vttbr)).apply(call);
    }

    private static Optional<String> function(String abi, Hypercall call) {
        return CallCheck.of(AbiLibrary.named(abi).orElseThrow(), call, Level.EXACT)
                .function()
                .map(function -> function.name());
    }

    @Test
    void callOfAGuest_isNoneOfKvmsOwn() {
        assertEquals(Optional.of("kvm_call_hyp"), function("linux-kvm-4.12", with(OF_GUEST, 0)));
        assertEquals(Optional.empty(), function("linux-kvm-4.12", with(OF_GUEST, VMID_1)));
        assertEquals(Optional.of("PSCI_VERSION"), function("psci-0.2", with(OF_GUEST, VMID_1)));
    }

    @Test
    void hostAndGuests_areParties() {
        List<AnsweredTogether> parties = AnsweredTogether.of(List.of(with(OF_HOST, 0), with(OF_GUEST, VMID_1)));
        assertEquals(2, parties.size());
        assertFalse(parties.get(0).guests());
        assertTrue(parties.get(1).guests());
        assertEquals(parties.get(0).base(), parties.get(1).base());
    }

    @Test
    void withoutVttbr_theyAreOne() {
        assertEquals(1, AnsweredTogether.of(List.of(OF_HOST, OF_GUEST)).size());
    }

    @Test
    void report_saysWhoseCallsTheyAre_orThatItIsNotKnown() throws IOException {
        assertTrue(text(with(OF_HOST, 0), with(OF_GUEST, VMID_1)).contains("1 call of a guest: "));
        assertTrue(text(kvm(OF_HOST)).contains("VTTBR was not recorded"), text(kvm(OF_HOST)));
        assertFalse(text(with(kvm(OF_HOST), 0)).contains("VTTBR was not recorded"));
    }

    /** As KVM answers RESET_VECTORS, and nobody else. */
    private static Hypercall kvm(Hypercall call) {
        return Calls.atReturn(set(Register.R1, STUB)).apply(call);
    }

    private static String text(Hypercall... calls) throws IOException {
        StringBuilder out = new StringBuilder();
        new CheckText(out)
                .write(CheckedParty.of(Stream.of(calls).toList(), AbiLibrary.all(), Level.EXACT, AbiLibrary.all()));
        return out.toString();
    }
}
