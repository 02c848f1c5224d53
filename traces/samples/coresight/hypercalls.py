"""Packets of ETMv3 and PTM, in the order in which trace units write them, of hypercalls and their handler in synthetic.bin; decoded
with trc_pkt_lister -ss_dir ptm -decode -logfilename hypercalls-ptm.txt, and the same for etm3."""
import os, shutil, struct

ASYNC = bytes([0] * 5 + [0x80])

def branch(addr, exc=None, ns=1, hyp=0, thumb=False):
    """A branch packet of five bytes, with the two exception bytes when exc is given."""
    if not thumb:
        a = [1 | (addr >> 2 & 0x3f) << 1, addr >> 8 & 0x7f, addr >> 15 & 0x7f, addr >> 22 & 0x7f, addr >> 29 & 7 | 0x08]
    else:
        a = [1 | (addr >> 1 & 0x3f) << 1, addr >> 7 & 0x7f, addr >> 14 & 0x7f, addr >> 21 & 0x7f, addr >> 28 & 0xf | 0x10]
    for i in range(4):
        a[i] |= 0x80
    if exc is None:
        return bytes(a)
    a[4] |= 0x40
    return bytes(a + [ns & 1 | (exc & 0xf) << 1 | 0x80, (hyp & 1) << 5])

def waypoint(addr):
    a = [addr >> 2 & 0x3f, addr >> 8 & 0x7f, addr >> 15 & 0x7f, addr >> 22 & 0x7f, addr >> 29 & 7 | 0x08]
    return bytes([0x72] + [a[0] << 1 | 1 | 0x80] + [x | 0x80 for x in a[1:4]] + [a[4]])

def isync_ptm(addr, info):
    return bytes([0x08]) + struct.pack('<I', addr) + bytes([info])

E, N = bytes([0x84]), bytes([0x86])
ptm = (ASYNC + isync_ptm(0x4000006c, 0x28)                    # trace enable, Non-secure, A32
    + waypoint(0x40000078) + branch(0x40000114, 3, 1, 1)      # up to the HVC; Hyp vector
    + E                                                       # b 0x40000130
    + E + E                                                   # beq taken, bne taken, to 0x4000017c
    + branch(0x4000007c, 0, 1, 0) + bytes([0x76])             # ERET: branch out of Hyp mode, then the return
    + branch(0x400000e4, thumb=True)                          # blx r4
    + waypoint(0x400000f0)
    + branch(0x40000114, 3, 1, 1) + E                         # hvc in Thumb; b 0x40000130
    + isync_ptm(0x40000130, 0x0a) + E + E                     # periodic; beq taken, bne taken, to 0x4000017c
    + branch(0x400000f4, thumb=True) + bytes([0x76])          # ERET, as one that changes no state is told
    + branch(0x40000088)                                      # pop {r4, pc}
    + ASYNC)
etm = ASYNC + bytes([0x08, 0x29]) + struct.pack('<I', 0x4000006c)
etm += bytes([0x90])                                          # EEEE, up to the HVC
etm += branch(0x40000114, 3, 1, 1) + bytes([0x84])            # b 0x40000130
etm += bytes([0x9c]) + bytes([0x84])                          # seven instructions, then beq
etm += bytes([0x8c]) + bytes([0x84])                          # up to the pop; ERET
etm += bytes([0x76]) + branch(0x4000007c, 0, 1, 0) + bytes([0x8c])
etm += ASYNC

def snapshot(folder, kind, registers, trace):
    os.makedirs(folder, exist_ok=True)
    shutil.copy('synthetic.bin', folder + '/synthetic.bin')
    def write(name, text):
        with open(folder + '/' + name, 'w') as file:
            file.write(text)
    with open(folder + '/trace.bin', 'wb') as file:
        file.write(trace)
    write('snapshot.ini', '[snapshot]\nversion=1.0\n\n[device_list]\ndevice0=cpu_0.ini\ndevice1=dev_1.ini\n\n[trace]\nmetadata=trace.ini\n')
    write('cpu_0.ini', '[device]\nname=cpu_0\nclass=core\ntype=Cortex-A15\n\n[regs]\nPC=0x4000006c\nCPSR=0x1D3\n\n'
        '[dump]\nfile=synthetic.bin\naddress=0x40000000\nlength=0x%x\n' % os.path.getsize('synthetic.bin'))
    write('dev_1.ini', '[device]\nname=TS_0\nclass=trace_source\ntype=%s\n\n[regs]\n%s\n' % (kind, registers))
    write('trace.ini', '[trace_buffers]\nbuffers=buffer0\n\n[buffer0]\nname=BUF_0\nfile=trace.bin\nformat=source_data\n\n'
        '[source_buffers]\nTS_0=BUF_0\n\n[core_trace_sources]\ncpu_0=TS_0\n')

snapshot('ptm', 'PTM1.1', 'ETMCR(0x000)=0x00000000\nETMIDR(0x079)=0x411CF312\nETMCCER(0x07A)=0x34C01AC2\nETMTRACEIDR(0x080)=0x00000013', ptm)
snapshot('etm3', 'ETM3.5', 'ETMCR(0x000)=0x00000000\nETMIDR(0x079)=0x410CF250\nETMCCER(0x07A)=0x344008F2\nETMTRACEIDR(0x080)=0x00000010', etm)
