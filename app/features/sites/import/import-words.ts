// What a column of a machine list may be, and the words for it in headers: compact form (`compactHeader`), both languages, and the exports of other
// fleet tools. Rated figures, models and prices are found by the words and units of the batch room.

export const IMPORT_FIELDS = [
  'serial',
  'macAddress',
  'host',
  'port',
  'worker',
  'model',
  'ratedHashrateThs',
  'ratedPowerW',
  'firmware',
  'firmwareVersion',
  'client',
  'container',
  'rack',
  'rackRow',
  'rackColumn',
  'position',
  'purchasedOn',
  'purchaseUsd',
  'tags',
  'count',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

const WORDS: readonly (readonly [ImportField, string])[] = [
  [
    'serial',
    'serial serialnumber serialno sn minersn machinesn minernumber minerno minerid machineid deviceid assetid assetno assetnumber assettag',
  ],
  ['serial', '序列号 机器编号 矿机编号 设备编号 资产编号 机身编号 编号 sn码 sn号 机器sn 矿机sn'],
  ['macAddress', 'mac macaddress macaddr minermac ethernetaddress mac地址 物理地址 网卡地址'],
  ['host', 'ip ipaddress ipaddr ipv4 host hostname address minerip machineip deviceip lanip localip networkaddress'],
  ['host', 'ip地址 内网ip 矿机ip 机器ip 设备ip 主机 主机名 地址 网络地址'],
  ['port', 'port apiport tcpport cgminerport minerport 端口 端口号 api端口'],
  ['worker', 'worker workername poolworker poolworkername poolusername pooluser pool1user pool1worker group0pool0username miningaccount'],
  ['worker', '矿工 矿工名 矿工号 矿工名称 矿池账户 矿池用户名 子账户'],
  ['firmware', 'firmware firmwaretype firmwarename fw ostype os miningos 固件 固件类型 系统'],
  ['firmwareVersion', 'version firmwareversion fwversion osversion 固件版本 系统版本 版本'],
  ['client', 'client clientname customer customername owner ownername hostingclient 客户 客户名 客户名称 托管客户 机主 业主 所有者'],
  ['container', 'container containername building hall house 集装箱 集装箱号 箱号 厂房 机房 楼栋'],
  ['rack', 'rack rackname rackno racknumber shelf shelfname cabinet 机架 货架 机柜 矿架 架号 机架号'],
  ['rackRow', 'row rackrow level layer tier 行 层 层号 行号'],
  ['rackColumn', 'column col rackcolumn slot 列 列号 格'],
  ['position', 'position rackposition slotposition minerposition 位置 机位 架位 机位号'],
  ['purchasedOn', 'purchasedate purchasedon purchased boughton dateofpurchase 购买日期 采购日期 购机日期 入场日期'],
  ['tags', 'tags tag labels label group groupname zone zoneid 标签 标记 分组 区域'],
];

const FIELD_BY_WORD: ReadonlyMap<string, ImportField> = new Map(
  WORDS.flatMap(([field, words]) => words.split(' ').map((word): [string, ImportField] => [word, field])),
);

export function findImportField(compactHeader: string): ImportField | null {
  return FIELD_BY_WORD.get(compactHeader) ?? null;
}
