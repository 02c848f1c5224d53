package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.SystemRegister;

/** As {@code lockstep.S}: Hyp mode starts trials and sees what they did. */
final class NonSecureState extends WorldState {
    @Override
    void control(Cpu cpu) {
        hypControl(cpu);
        control(cpu, false, Layout.VECTORS);
        cpu.setCpsr(MASKED | Mode.HYP);
        cpu.translation().contextChanged(cpu);
    }

    @Override
    void load(Cpu cpu, int[] state) {
        enter(cpu, Mode.HYP, state, Trial.SP_HYP);
        cpu.r[14] = state[Trial.LR_USR];
        cpu.banks.setElrHyp(state[Trial.ELR_HYP]);
        cpu.banks.setSpsr(Mode.HYP, state[Trial.CPSR]);
        loadSystem(cpu, false, state);
    }

    @Override
    void save(Cpu cpu, int[] words) {
        int vector = vector(cpu);
        boolean hyp = isHyp(vector);
        words[Result.VECTOR] = vector;
        words[Trial.ELR_HYP] = hyp ? cpu.banks.elrHyp() : 0;
        words[Trial.CPSR] = hyp ? cpu.banks.spsr(Mode.HYP) : cpu.cpsr();
        words[Result.HSR] = hyp ? cpu.system.word(SystemRegister.HSR) : 0;
        saveSystem(cpu, false, words);
    }
}
