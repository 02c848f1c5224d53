package dev.hyptrace.recorder.qemulog;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The recorded logs among the test resources; their README says where they come from. */
final class SampleLogs {
    static final String BARE_METAL_7 = "baremetal_allhypentries_qemu7.2.log.gz";
    static final String BARE_METAL_10 = "baremetal_allhypentries_qemu10.0.2.log.gz";
    static final String DEBIAN = "linux61_v7hyp_qemu7.2_singlestep_dfilter.log.gz";
    static final String DEBIAN_INT_ONLY = "linux61_v7hyp_qemu7.2_int_only.log.gz";
    static final String KVM = "linux5.4_kvm_hyp_and_guest_qemu7.2_singlestep_icount.log.gz";
    static final String KVM_INT_ONLY = "linux5.4_kvm_qemu7.2_int_only.log.gz";
    static final String BLOCKS_FPU = "blocks_fpu_reset_qemu7.2.log.gz";
    static final String BLOCKS_ICOUNT = "blocks_icount_qemu7.2.log.gz";
    static final String BLOCKS_ICOUNT_SINGLESTEP = "blocks_icount_singlestep_qemu7.2.log.gz";
    static final String SMP = "smp2_threads_qemu7.2.log.gz";

    private SampleLogs() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = SampleLogs.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    static byte[] text(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(SampleLogs.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    static LogText.Result read(String name) throws IOException {
        return LogText.read(name, bytes(name));
    }
}
