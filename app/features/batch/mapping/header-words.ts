/**
 * Words in headers, in the form `compactHeader` gives them: lower case, without spaces and punctuation. A word may mean several fields
 * ("price", "单价"); the order is by likelihood and the values decide.
 */
import type { BatchField } from './batch-field.ts';

const WORDS: readonly (readonly [readonly BatchField[], string])[] = [
  [
    ['model'],
    'model modelname minermodel machinemodel miner miners machine machinetype minertype type devicetype device devicename equipment asic asicmodel hardware product sku minername machinename modeltype',
  ],
  [
    ['model'],
    '型号 机型 矿机 矿机型号 矿机类型 机器型号 设备型号 机器 设备 机器类型 设备类型 型号名称 矿机名称 机型名称 品牌型号 规格型号 产品型号',
  ],
  [
    ['serial'],
    'serial serialnumber serialno sn minersn machinesn minernumber minerid machineid deviceid assetid assetno assetnumber assettag mac macaddress macaddr hostname',
  ],
  [['serial'], '序列号 机器编号 矿机编号 设备编号 资产编号 机身编号 sn码 sn号 mac地址 机器sn 矿机sn'],
  [
    ['hashrateThs'],
    'hashrate hashrateths hashratethash hash hashingpower hashpower ratedhashrate nominalhashrate hashrateavg hashratert avghashrate averagehashrate hashrate24h thsavg thsrt ths ratedths speed hashratemachine hashrateunit hashrateperunit hashratepermachine unithashrate terahash',
  ],
  [['hashrateThs'], '算力 单机算力 单台算力 额定算力 标称算力 平均算力 实时算力 理论算力 每台算力 机器算力 矿机算力 哈希率'],
  [['powerW', 'powerUsdPerKwh'], 'power'],
  [
    ['powerW'],
    'powerw powerwatts watt watts wattage powerdraw powerconsumption consumption ratedpower nominalpower wallpower powerusage powerusagew unitpower powerperunit powerpermachine powerconsumptionw',
  ],
  [
    ['powerW'],
    '功耗 功率 单机功耗 单台功耗 额定功耗 额定功率 标称功耗 墙上功耗 整机功耗 机器功耗 单机功率 单台功率 每台功耗 耗电 用电功率',
  ],
  [['efficiencyJPerTh'], 'efficiency powerefficiency energyefficiency jth jperth jt wth wperth energyefficiencyratio'],
  [['efficiencyJPerTh'], '能效 能效比 功耗比 能耗比 单位功耗'],
  [
    ['count'],
    'quantity qty count units numberofmachines numberofunits pcs machines unitcount machinecount minercount noofmachines noofunits totalunits totalmachines totalquantity numberofminers noofminers ofminers numberofasics noofasics ofasics numberofdevices noofdevices numberofrigs noofrigs numberofpieces noofpieces ofmachines ofunits totalminers totalasics totaldevices minersqty minerqty machineqty machinesqty unitqty asicqty asiccount devicecount rigcount minerscount machinescount quant qnty qtty pieces piece each',
  ],
  [
    ['count'],
    '数量 台数 矿机数量 机器数量 设备数量 总台数 机器台数 矿机台数 数目 总数量 台数量 数量台 件数 套数 件 套 部数 机器数 矿机数 设备数 矿机总数 机器总数 总机器数 采购数量 库存数量 在库数量 上架数量 數量 台數 件數 機器數量 礦機數量 設備數量',
  ],
  // As people write it elsewhere; of other columns the unit tells, or it is asked.
  [
    ['count'],
    'anzahl stück stk stückzahl menge anzahlgeräte anzahlminer anzahlderminer anzahlmaschinen geräteanzahl qté qte quantité quantite nombredemachines nbdemachines cantidad cant cantidaddeequipos númerodeequipos quantidade qtd qtde númerodemáquinas quantità qtà количество колво колич кол штук шт количествошт колвошт кількість adet ilość sztuk szt aantal antal počet ks sốlượng 수량 대수 個数 تعداد العدد الكمية',
  ],
  [
    ['powerUsdPerKwh'],
    'electricity electricitycost electricityprice electricityrate electricitytariff powerprice powercost powerrate powertariff energyprice energycost energyrate tariff kwhprice costperkwh priceperkwh elecprice eleccost electricprice electriccost electricitybill utilityrate allinrate electricityfee',
  ],
  [
    ['powerUsdPerKwh'],
    '电价 电费 用电单价 电费单价 电力价格 电力成本 电力单价 度电价格 度电成本 用电价格 供电价格 单位电价 电费成本 用电成本 每度电价',
  ],
  [['powerUsdPerKwh'], 'strompreis stromtarif'],
  [['capexUsd', 'powerUsdPerKwh'], 'price unitprice 单价 价格 preis stückpreis einzelpreis precio prix preço prezzo цена'],
  [
    ['capexUsd'],
    'machineprice minerprice hardwareprice purchaseprice buyprice cost unitcost machinecost minercost hardwarecost purchasecost capex acquisitioncost priceperunit pricepermachine costperunit costpermachine priceperth priceperths pricepert costperth costperths costpert pricet invest investment fobprice equipmentcost',
  ],
  [
    ['capexUsd'],
    '机器价格 矿机价格 设备价格 购机价 购机价格 购机成本 采购价 采购价格 采购单价 采购成本 买入价 购入价 机价 单台价格 单机价格 进价 成本 成本价 设备成本 购置成本 投资 投入成本 矿机单价 机器单价 设备单价 台价 每t价格 每t单价 每t成本 每th价格 t单价 单t价格 单t价',
  ],
  [
    ['hashrateDecayRatioPerMonth'],
    'decay decayrate hashratedecay hashdecay degradation degradationrate hashratedegradation monthlydecay monthlydegradation decaymonth decaypermonth annualdecay annualdecayrate yearlydecay annualdegradation decayperyear hashratedecayrate hashrateloss',
  ],
  [['hashrateDecayRatioPerMonth'], '年衰减 年衰减率 衰减 衰减率 算力衰减 算力衰减率 月衰减 月衰减率 每月衰减 折损率 算力损耗'],
  [['poolFeeRatio'], 'poolfee poolfees poolrate poolcommission poolfeerate miningpoolfee 矿池费 矿池费率 矿池手续费 矿池费用 池费'],
  [
    ['uptimeRatio'],
    'uptime uptimerate uptimeratio availability onlinerate onlineratio runrate utilization utilisation 在线率 开机率 运行率 上线率 可用率 稳定率',
  ],
  [['pue'], 'pue 电能使用效率'],
  [
    ['hostingFeeUsdPerMonth', 'powerUsdPerKwh'],
    'hosting hostingfee hostingfees hostingcost hostingprice colocation colocationfee colofee managementfee 托管费 托管费用 托管价格 管理费 场地费 代管费',
  ],
  [['hostingFeeUsdPerMonth'], '月托管费 每月托管费 托管月费 月管理费 monthlyhosting monthlyhostingfee hostingpermonth'],
  [
    ['maintenanceUsdPerMonth'],
    'maintenance maintenancefee maintenancecost opex om upkeep servicefee 运维费 运维费用 维护费 维护费用 维修费 运维成本 维护成本 运营费',
  ],
  [['residualUsd'], 'residual residualvalue salvage salvagevalue resale resalevalue scrapvalue 残值 残余价值 二手价 回收价 处置价值'],
  [['heldRatio'], 'held heldshare heldratio hodl hodlratio holdratio holdingratio 持币比例 囤币比例 持有比例 屯币比例'],
  [['discountRatioPerYear'], 'discount discountrate wacc costofcapital 折现率 贴现率 资金成本率'],
  [
    ['clientPowerUsdPerKwh'],
    'clientpower clientpowerprice clientpowercost clientpowerrate clientrate clienttariff clientelectricity clientelectricityprice customerpower customerrate customerpowerprice customertariff customerelectricityprice resaleprice resalerate 客户电价 对客电价 客户电费 客户电费单价 客户度电价 客户结算电价 客户托管电价 托管客户电价 对客电费 对外电价 售电价',
  ],
  // Alone it is what its payer's power costs; beside a power price what the client pays (`splitHostingRate`).
  [
    ['powerUsdPerKwh', 'clientPowerUsdPerKwh'],
    'hostingrate hostingtariff hostingpowerprice hostingelectricityprice 托管电价 托管电费 托管电费单价',
  ],
  [['hostCapexUsd'], 'hostcapex hostinvestment 场主投入 场主投资'],
];

/** A header with one of these is about many machines, or about something else: never a value for one machine. */
export const MISLEADING =
  /total|sum|fleet|daily|today|revenue|profit|income|yield|network|board|pool(?!fee)|status|temp|fan|总|合计|全网|收益|利润|产出|收入|累计|日均|温度|风扇|算力板|状态|预计/;

/** Every word with the fields it may mean. */
export const HEADER_WORDS: ReadonlyMap<string, readonly BatchField[]> = new Map(
  WORDS.flatMap(([fields, words]) => words.split(' ').map((word) => [word, fields] as const)),
);

const CHINESE_TOTAL = /合计|总计|小计|总和|汇总|共计|总数|平均值?|^(?:均值|中位数|最[大小高低]值?)$/;
const ENGLISH_TOTAL =
  /^(?:(?:grand|sub|page|overall)[\s-]*)*(?:sub)?totals?(?![\p{L}\d])|^(?:sum|average|avg|mean)\s*(?:totals?)?[:：]?$|\b(?:sub)?totals?[:：]?$|^(?:min|max|minimum|maximum|median)[:：]?$/iu;
/** As it is said elsewhere, at the beginning. */
const OTHER_TOTAL =
  /^(?:(?:gesamt|zwischen|end)?summe|gesamt|somme|sous-total|suma|totale|итого|всего|подытог|toplam|合計|小計|總計|المجموع)(?!\p{L})/iu;
const MAY_BE_TOTAL = /total|som|sum|ges|av|m(?:ean|in|ax|edian)|[计計数总總汇均最]|ито|все|под|top|ال/i;
/** Longer texts are remarks and names of places. */
const MAX_TOTAL_LENGTH = 24;

/** What stands at the beginning of a sum line: "合 计", "Total: 240", "A场小计", "Subtotal site A". */
export function isTotalText(text: string): boolean {
  // Nearly every row of a list ends here.
  if (text.length > 2 * MAX_TOTAL_LENGTH || !MAY_BE_TOTAL.test(text)) return false;
  const plain = text.normalize('NFKC').trim();
  return (
    plain.length <= MAX_TOTAL_LENGTH &&
    (ENGLISH_TOTAL.test(plain) || OTHER_TOTAL.test(plain) || CHINESE_TOTAL.test(plain.replace(/\s+/g, '')))
  );
}
