package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.hyptrace.emulator.memory.PhysicalMemory.Mapping;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a guest does to devices, they answer. */
class WildAccessTest {
    private static final int ACCESSES = 60_000;
    private static final long SEED = 20_240_101;

    private static final long[][] PLACES = {
        {VirtMap.GIC_DISTRIBUTOR, VirtMap.GIC_FRAME_SIZE},
        {VirtMap.GIC_CPU_INTERFACE, VirtMap.GIC_CPU_FRAME_SIZE},
        {VirtMap.GIC_CPU_INTERFACE, 0x100},
        {VirtMap.GIC_V2M, VirtMap.GIC_FRAME_SIZE},
        {VirtMap.GIC_HYP_INTERFACE, 0x120},
        {VirtMap.GIC_VIRTUAL_CPU_INTERFACE, 0x100},
        {VirtMap.UART, VirtMap.DEVICE_SIZE},
        {VirtMap.UART, 0x50},
        {VirtMap.RTC, 0x24},
        {VirtMap.GPIO, VirtMap.DEVICE_SIZE},
        {VirtMap.FW_CFG, VirtMap.FW_CFG_SIZE},
        {VirtMap.VIRTIO, 0x4000},
        {VirtMap.PCI_CONFIGURATION, 0x2000},
        {VirtMap.FLASH, 0x10_0000}
    };

    @Test
    void randomAccesses_areAnswered() {
        Random random = new Random(SEED);
        Machine machine = new Machine(Machine.Options.DEFAULT, character -> {});
        for (long[] place : PLACES) {
            for (int i = 0; i < ACCESSES; i++) {
                int size = 1 << random.nextInt(4);
                long address = place[0] + (random.nextLong() >>> 1) % place[1] & -size;
                access(machine, random, address, size, i);
            }
        }
        machine.run(1000);
        assertEquals(1000, machine.cpu().instructions);
    }

    private static void access(Machine machine, Random random, long address, int size, int number) {
        Mapping device = machine.memory().device(address);
        long value = random.nextBoolean() ? random.nextLong() : 1L << random.nextInt(64);
        boolean write = random.nextBoolean();
        try {
            if (write) {
                device.write(address, size, value & -1L >>> 64 - 8 * size);
            } else {
                device.read(address, size);
            }
        } catch (RuntimeException e) {
            fail(
                    String.format(
                            "seed %d, access %d: %s %d bytes at 0x%08x, value 0x%x",
                            SEED, number, write ? "write" : "read", size, address, value),
                    e);
        }
    }
}
