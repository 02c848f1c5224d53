package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.MemorySystem;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.memory.Ram;

/**
 * RAM without translation, where an access that must be aligned is checked and every other may be misaligned: what a
 * processor with the MMU off and SCTLR.A clear sees.
 */
final class ArenaMemory implements MemorySystem {
    private final Ram ram;

    ArenaMemory(Ram ram) {
        this.ram = ram;
    }

    @Override
    public long load(Cpu cpu, int address, int size, boolean unprivileged, boolean aligned) {
        int offset = offset(address, size, aligned, false);
        long value = 0;
        for (int i = 0; i < size; i++) {
            int at = cpu.isBigEndian() ? size - 1 - i : i;
            value |= (long) ram.byteAt(offset + at) << 8 * i;
        }
        if (!cpu.isBigEndian()) {
            cpu.tlb().enterRead(address, offset);
        }
        return value;
    }

    @Override
    public void store(Cpu cpu, int address, int size, long value, boolean unprivileged, boolean aligned) {
        int offset = offset(address, size, aligned, true);
        for (int i = 0; i < size; i++) {
            int at = cpu.isBigEndian() ? size - 1 - i : i;
            ram.setByte(offset + at, (int) (value >>> 8 * i));
        }
        if (!cpu.isBigEndian()) {
            cpu.tlb().enterWrite(address, offset);
        }
    }

    private int offset(int address, int size, boolean aligned, boolean write) {
        if (aligned && (address & size - 1) != 0) {
            throw ProcessorException.dataAbort(address, Fault.alignment(write));
        }
        if (!contains(address) || !contains(address + size - 1)) {
            throw ProcessorException.dataAbort(address, Fault.external(write));
        }
        return ram.offset(Integer.toUnsignedLong(address));
    }

    private boolean contains(int address) {
        return ram.contains(Integer.toUnsignedLong(address));
    }

    @Override
    public int fetchHalfword(Cpu cpu, int address) {
        return ram.halfwordAt((int) fetchAddress(cpu, address) - (int) ram.base());
    }

    @Override
    public long fetchAddress(Cpu cpu, int address) {
        if (!contains(address)) {
            throw ProcessorException.prefetchAbort(address, Fault.external(false));
        }
        return Integer.toUnsignedLong(address);
    }

    @Override
    public boolean holdCode(Cpu cpu, long physicalPage) {
        return false;
    }

    @Override
    public void regimeChanged(Cpu cpu) {
        cpu.tlb().clear();
    }
}
