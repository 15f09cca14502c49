/** The options of one ipvsadm command, by their short names; a flag's value is ''. */
export type IpvsadmOptions = ReadonlyMap<string, string>;

/** Long names and what they are short for (ipvsadm.c parse_options). */
const longNames: Readonly<Record<string, string>> = {
  '--add-service': '-A',
  '--add-server': '-a',
  '--tcp-service': '-t',
  '--udp-service': '-u',
  '--fwmark-service': '-f',
  '--ipv6': '-6',
  '--scheduler': '-s',
  '--persistent': '-p',
  '--netmask': '-M',
  '--ops': '-o',
  '--sched-flags': '-b',
  '--real-server': '-r',
  '--masquerading': '-m',
  '--gatewaying': '-g',
  '--ipip': '-i',
  '--weight': '-w',
  '--u-threshold': '-x',
  '--l-threshold': '-y',
};

const takesValue = new Set(
  '-t -u --sctp-service -f -s -M --pe -b -r -w -x -y --tun-type --tun-port'.split(' '),
);
const flags = new Set('-A -a -6 -o -m -g -i --tun-nocsum --tun-csum --tun-remcsum'.split(' '));

/** The options of one line, or the sentence that says what is wrong with it. Values are only split here, not checked. */
export function ipvsadmOptions(line: string): IpvsadmOptions | string {
  const words = line.trim().split(/\s+/);
  if (words[0] === 'ipvsadm') words.shift();
  const options = new Map<string, string>();
  while (words.length > 0) {
    const word = words.shift() ?? '';
    const name = longNames[word] ?? word;
    if (options.has(name)) return `${word} is given twice`;
    if (takesValue.has(name)) {
      const value = words.shift();
      if (value === undefined) return `${word} has no value`;
      options.set(name, value);
    } else if (name === '-p') {
      // Its value may be left out.
      options.set(name, /^\d+$/.test(words[0] ?? '') ? (words.shift() ?? '') : '');
    } else if (flags.has(name)) options.set(name, '');
    else return `${word} is not an option of a saved table`;
  }
  return options;
}
