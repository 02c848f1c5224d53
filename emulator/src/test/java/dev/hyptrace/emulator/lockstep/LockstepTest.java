package dev.hyptrace.emulator.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.lockstep.Slice.Recorded;
import dev.hyptrace.emulator.lockstep.Trial.Profile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random code in every mode against what QEMU was seen to do. Needs no QEMU. */
class LockstepTest {
    private static final int SHOWN = 20;

    @Test
    void recordedCodeOfTheNonSecureWorld_hasTheResultThatItHadOnQemu() throws IOException {
        checkRecorded(World.NONSECURE, 158_891, 231_961);
    }

    @Test
    void recordedCodeOfTheSecureWorld_hasTheResultThatItHadOnQemu() throws IOException {
        checkRecorded(World.SECURE, 29_778, 46_728);
    }

    private static void checkRecorded(World world, long trials, long instructions) throws IOException {
        Processor processor = new Processor(world);
        Coverage coverage = new Coverage(world);
        TreeMap<String, String> failures = new TreeMap<>();
        for (Recorded recorded : Slice.load(world)) {
            Trial trial = recorded.trial();
            Optional<Result> result = processor.run(trial);
            result.ifPresent(r -> coverage.count(trial, processor.executed(), r));
            if (result.isEmpty() || (result.get().hash() & 0xff_ffff) != recorded.hash()) {
                String here = result.map(r -> r.differences(trial.state())).orElse("no exception");
                failures.computeIfAbsent(trial.toString(), key -> failures.size() < SHOWN ? here : "");
            }
        }
        assertEquals(new TreeMap<>(), failures, failures.size() + " trials differ, see them with Fuzz --reproduce");
        assertEquals(List.of(trials, instructions), List.of(coverage.trials(), coverage.total()), coverage::toString);
    }

    /** UNPREDICTABLE. */
    @Test
    void srsToHypMode_storesInTheSecureStateAndIsUndefinedOutside() {
        int srsdb = 0xf96d_051a; // srsdb sp!, #26
        for (int mode : new int[] {Mode.MON, Mode.SVC}) {
            Trial trial = new Trial(World.SECURE, false, new int[] {srsdb}, mode, Profile.ADDRESSES, 2);
            Result result = run(trial);
            int base = trial.state()[Trial.SP_HYP];
            assertEquals(base - 8, result.words[Trial.SP_HYP]);
            assertEquals(Result.UNDEFINED_INSTRUCTION, result.words[Result.VECTOR]);
            assertEquals(Layout.CODE + 8, result.words[Trial.UND + 1], "UDF after it");
            assertEquals(2, result.words[Result.CHANGES]);
        }
        assertEquals(Layout.CODE + 4, run(false, Mode.SVC, srsdb).words[Trial.UND + 1]);
    }

    /** UNPREDICTABLE. The second page may be written by PL1 and Hyp mode, but not by User mode. */
    @Test
    void strtInHypMode_accessesAsUserModeDoes() {
        Result result = run(false, Mode.HYP, 0xe28f_1000 + 8, 0xe4a1_0000);
        assertEquals(Result.HYP + 4, result.words[Result.VECTOR]);
        assertEquals(Layout.CODE + 16, result.words[Result.HDFAR]);
    }

    /** UNPREDICTABLE, of each. */
    @Test
    void hvcAndCpsInAnItBlock_areConditional() {
        int equal = 0x4280;
        Result hvc = run(true, Mode.SVC, equal, 0xbf18, 0xf7e0_8001);
        assertEquals(1, hvc.words[Result.VECTOR], "UDF after it");
        Result cps = run(true, Mode.SVC, equal, 0xbf18, 0xf3af_8110);
        assertEquals(Mode.UND, cps.words[Trial.CPSR] & Mode.MASK);
        assertEquals(Mode.SVC, cps.words[Trial.SPSRS + 3] & Mode.MASK);
    }

    /** UNPREDICTABLE: CPSR.IT is 0b01010000, PL, and N is set. */
    @Test
    void conditionWithoutMaskAfterAnExceptionReturn_isNoItBlockAndStays() {
        Result result = run(Trial.parse("thumb,und,TARGETS,878122584,f3de8f11"));
        assertEquals(0xd801_5231, result.words[Trial.SPSRS + 3]);
        assertEquals(Layout.CODE_PAGE + 0xa4a, result.words[Trial.UND + 1]);
    }

    /** UNPREDICTABLE: the UDF that it returns to, and the branch after it, are executed only if GT, which does not hold. */
    @Test
    void exceptionReturnWithinAnItBlock_takesTheBlockAlong() {
        Result result = run(Trial.parse("thumb,secure-fiq,TARGETS,74188886,bfc2.f3de8f41"));
        assertEquals(Layout.CODE_PAGE + 0xe12, result.words[Trial.UND + 1]);
        assertEquals(0, result.words[Trial.SPSRS + 3] & Psr.IT);
    }

    /** UNPREDICTABLE: ERET to Thumb code with CPSR.IT 0b01010000, of which the second instruction stores at 0. */
    @Test
    void conditionWithoutMask_isLostAtADataAbort() {
        Result result = run(Trial.parse("a32,secure-mon,ADDRESSES,2146931146,e160006e"));
        assertEquals(Result.DATA_ABORT, result.words[Result.VECTOR]);
        assertEquals(0x580c_0177, result.words[Trial.SPSRS + 2]);
    }

    /** UNPREDICTABLE: the exception return is to B in the middle of an IT block. */
    @Test
    void branchWithinAnItBlock_endsTheBlock() {
        Result returned = run(Trial.parse("a32,und,TARGETS,1031340588,e160006e"));
        assertEquals(0xb002_037f, returned.words[Trial.SPSRS + 3]);
        int equal = 0x4280;
        Result taken = run(true, Mode.SVC, equal, 0xbf04, 0xe000, 0xde00, 0xde00); // itt eq; b over one
        assertEquals(0, taken.words[Trial.SPSRS + 3] & Psr.IT);
        assertEquals(Layout.CODE + 10, taken.words[Trial.UND + 1]);
    }

    /** The exclusions are those of the mode that a trial has come to, by whatever way. */
    @Test
    void mrsOfSpsrAfterAChangeToSystemMode_isNotCompared() {
        int mrs = 0xe14f_0000; // mrs r0, spsr
        assertTrue(isExcluded(0xf102_001f, mrs), "cps #0x1f");
        assertTrue(isExcluded(0xe3a0_10df, 0xe121_f001, mrs), "mov r1, #0xdf; msr cpsr_c, r1");
        assertFalse(isExcluded(0xf102_0012, mrs), "cps #0x12");
        assertFalse(isExcluded(0xf102_001f, 0xf102_0012, mrs), "cps #0x1f; cps #0x12");
    }

    private static boolean isExcluded(int... code) {
        Processor processor = new Processor(World.SECURE);
        Trial trial = new Trial(World.SECURE, false, code, Mode.MON, Profile.VALUES, 1);
        assertTrue(processor.run(trial).isPresent());
        return processor.isExcluded();
    }

    @Test
    void msrBankedOfThePc_isUndefined() {
        Result result = run(false, Mode.SVC, 0xe120_f30f);
        assertEquals(Layout.CODE + 4, result.words[Trial.UND + 1]);
    }

    private static Result run(boolean thumb, int mode, int... code) {
        return run(new Trial(World.NONSECURE, thumb, code, mode, Profile.VALUES, 1));
    }

    private static Result run(Trial trial) {
        return new Processor(trial.world).run(trial).orElseThrow();
    }

    @Test
    void trialAsText_isReadBack() {
        for (World world : World.values()) {
            Trial trial = new Trial(world, true, new int[] {0xbf08, 0xf3af_8600}, world.mode(7), Profile.TARGETS, 77);
            assertEquals(trial.toString(), Trial.parse(trial.toString()).toString());
            assertEquals(world, Trial.parse(trial.toString()).world);
            assertEquals(Trial.WORDS, trial.state().length);
        }
    }
}
