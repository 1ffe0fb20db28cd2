import { chineseAmount } from './chinese-amount'
import type { SimInvoice, SimItem } from './sim-invoice'

/** `Type` and `ElectronicType` of the answer by kind [upstreams reference § 1.4]. */
const TYPES: Record<string, readonly [string, string]> = {
  VAT_SPECIAL_PAPER: ['01', ''],
  FREIGHT_SPECIAL: ['02', ''],
  MOTOR_VEHICLE: ['03', ''],
  VAT_NORMAL_PAPER: ['04', ''],
  VAT_SPECIAL_ELECTRONIC: ['08', ''],
  VAT_NORMAL_ELECTRONIC: ['10', ''],
  VAT_NORMAL_ROLL: ['11', ''],
  TOLL_ELECTRONIC: ['14', ''],
  USED_VEHICLE: ['15', ''],
  DIGITAL_SPECIAL: ['0920', '01'],
  DIGITAL_NORMAL: ['0910', '02'],
  DIGITAL_PAPER_SPECIAL: ['0901', ''],
  DIGITAL_PAPER_NORMAL: ['0904', ''],
  DIGITAL_MOTOR_VEHICLE: ['0930', ''],
  DIGITAL_USED_VEHICLE: ['0940', ''],
  DIGITAL_PAPER_MOTOR: ['0903', ''],
  DIGITAL_PAPER_USED: ['0915', ''],
  DIGITAL_TOLL: ['8208', ''],
  DIGITAL_RAILWAY: ['83', '03'],
  DIGITAL_AIR: ['61', '04'],
  BLOCKCHAIN: ['32', ''],
  FISCAL_BILL: ['101', ''],
  GENERAL_MACHINE: ['102', ''],
}

const ABANDONED: Record<string, string> = {
  normal: 'N',
  voided: 'Y',
  red: 'H',
  red_full: 'HF',
  red_partial: 'HP',
  red_letter: 'N',
}
const TRAIN_STATES: Record<string, string> = { normal: '0', voided: '2', red: '3', red_full: '3', red_partial: '3' }

const names = (list: string) => list.trim().split(/\s+/)
const VEHICLE = names(`BizCheckFormNo BuyerNo CarType CertificateNo EngineNo ImportNo LimitCount MotorBankAccount
  MotorBankName MotorTaxRate PayTaxesNo PlateModel ProduceAddress SellerAddress SellerTel TaxtationOrgCode
  TaxtationOrgName Tonnage VinNo`)
const USED_VEHICLE = names(`Auctioneer AuctioneerAddress AuctioneerBankAccount AuctioneerTaxpayerNum AuctioneerTel
  Buyer BuyerAddress BuyerNo BuyerTel ManagementOffice Market MarketAddress MarketBankAccount MarketTaxpayerNum
  MarketTel RegisterNo Seller SellerAddress SellerNo SellerTel TaxBureau VehicleIdentifyNo VehicleLicenseNo
  VehicleTotalPrice`)
const PASS = names('NumberPlate Type PassDateBegin PassDateEnd TaxClassifyCode')
const TRAIN = names(`BuyerName BuyerTaxCode Number Date TotalCN Tax ServiceType TimeGetOn TrainNumber Code SeatType
  DateGetOn TrainCabin StationGetOn ElectronicNumber PassengerName PassengerNo Amount StationGetOff TaxRate Seat Total
  CheckCode StateCode`)
const AIR = names(`Code Number Date Amount CheckCode Total DeductionMark StateCode BuyerTaxCode BuyerName Tax
  DomesticInternationalMark PassengerName PassengerNo ElectronicNumber Fare FuelSurcharge TaxAmount DevelopmentFund`)
const ITEM_BLANKS = names(`VehicleType VehicleBrand DeparturePlace ArrivalPlace TransportItemsName ConstructionPlace
  ConstructionName`)

/** Every field of a sub-object, empty unless given: unused objects come with empty text, not left out. */
const complete = (fields: string[], values: Record<string, string>) =>
  Object.fromEntries(fields.map(name => [name, values[name] ?? '']))

const item = (line: SimItem, index: number) => ({
  LineNo: String(index + 1),
  Name: line.name,
  Spec: line.spec,
  Unit: line.unit,
  Quantity: line.quantity,
  UnitPrice: line.unitPrice,
  AmountWithoutTax: line.amountWithoutTax,
  TaxRate: line.taxRate,
  TaxAmount: line.taxAmount,
  TaxClassifyCode: '',
  ...complete(ITEM_BLANKS, {}),
})

function subObjects(invoice: SimInvoice, date: string) {
  const { kind, buyer, seller, details } = invoice
  const known = (belongs: boolean, values: Record<string, string>) => (belongs ? { ...values, ...details } : {})
  const ticket = {
    Number: invoice.invoiceNumber,
    Date: date,
    BuyerName: buyer.name,
    BuyerTaxCode: buyer.taxId,
    Amount: invoice.amountWithoutTax,
    Total: invoice.amountWithTax,
    Tax: invoice.taxAmount,
    StateCode: TRAIN_STATES[invoice.lifecycle] ?? '1',
  }
  const usedVehicle = { Buyer: buyer.name, BuyerNo: buyer.taxId, Seller: seller.name, SellerNo: seller.taxId }
  const train = { ...ticket, TotalCN: chineseAmount(invoice.amountWithTax), ServiceType: '1' }
  return {
    VehicleInvoiceInfo: complete(VEHICLE, known(kind.endsWith('MOTOR_VEHICLE'), { BuyerNo: buyer.taxId })),
    UsedVehicleInvoiceInfo: complete(
      USED_VEHICLE,
      known(kind.endsWith('USED_VEHICLE'), { ...usedVehicle, VehicleTotalPrice: invoice.amountWithTax }),
    ),
    PassInvoiceInfoList: kind.endsWith('TOLL') || kind.startsWith('TOLL') ? [complete(PASS, details)] : [],
    ElectronicTrainTicket: complete(TRAIN, known(kind === 'DIGITAL_RAILWAY', train)),
    ElectronicAirTransport: {
      ...complete(AIR, known(kind === 'DIGITAL_AIR', ticket)),
      ElectronicAirTransportDetails: [],
    },
  }
}

/** The answer to a found invoice in Tencent's field names. */
export function tencentInvoice(invoice: SimInvoice): object {
  const [type, electronicType] = TYPES[invoice.kind] ?? ['', '']
  const date = invoice.issueDate.replaceAll('-', '')
  return {
    Invoice: {
      Code: invoice.invoiceCode,
      Number: invoice.invoiceNumber,
      // The official example answers YYYYMMDD to a dashed question [upstreams reference § 1.4].
      Date: date,
      BuyerName: invoice.buyer.name,
      BuyerTaxCode: invoice.buyer.taxId,
      BuyerAddressPhone: '',
      BuyerBankAccount: '',
      SellerName: invoice.seller.name,
      SellerTaxCode: invoice.seller.taxId,
      SellerAddressPhone: '',
      SellerBankAccount: '',
      Remark: invoice.remark,
      MachineNo: '',
      Type: type,
      ElectronicType: electronicType,
      CheckCode: invoice.checkCode,
      IsAbandoned: ABANDONED[invoice.lifecycle] ?? '',
      HasSellerList: 'N',
      SellerListTitle: '',
      SellerListTax: '',
      AmountWithoutTax: invoice.amountWithoutTax,
      TaxAmount: invoice.taxAmount,
      AmountWithTax: invoice.amountWithTax,
      Items: invoice.items.map(item),
      TaxBureau: invoice.taxBureau,
      TrafficFreeFlag: 'N',
      RedLetterInvoiceMark: invoice.lifecycle === 'red_letter',
      IssuingTypeMark: 1,
      SellerAgentName: '',
      SellerAgentTaxID: '',
    },
    ...subObjects(invoice, date),
  }
}
