/**
 * The kinds that each `invoice_type` looks among [upstreams reference § 2.2]. E-motor and e-used-vehicle have no types of
 * their own; where a digital paper invoice is kept nobody says, so it is found by its paper type and by its digital one.
 */
export const BAIDU_TYPES: Readonly<Record<string, readonly string[]>> = {
  special_vat_invoice: ['VAT_SPECIAL_PAPER', 'DIGITAL_PAPER_SPECIAL'],
  elec_special_vat_invoice: ['VAT_SPECIAL_ELECTRONIC'],
  normal_invoice: ['VAT_NORMAL_PAPER', 'DIGITAL_PAPER_NORMAL'],
  elec_normal_invoice: ['VAT_NORMAL_ELECTRONIC'],
  roll_normal_invoice: ['VAT_NORMAL_ROLL'],
  toll_elec_normal_invoice: ['TOLL_ELECTRONIC'],
  blockchain_invoice: ['BLOCKCHAIN'],
  elec_invoice_special: ['DIGITAL_SPECIAL', 'DIGITAL_PAPER_SPECIAL'],
  elec_invoice_normal: ['DIGITAL_NORMAL', 'DIGITAL_PAPER_NORMAL'],
  special_freight_transport_invoice: ['FREIGHT_SPECIAL'],
  motor_vehicle_invoice: ['MOTOR_VEHICLE', 'DIGITAL_MOTOR_VEHICLE', 'DIGITAL_PAPER_MOTOR'],
  used_vehicle_invoice: ['USED_VEHICLE', 'DIGITAL_USED_VEHICLE', 'DIGITAL_PAPER_USED'],
  elec_flight_itinerary_invoice: ['DIGITAL_AIR'],
  elec_train_ticket_invoice: ['DIGITAL_RAILWAY'],
  elec_toll_invoice: ['DIGITAL_TOLL'],
}

/** `InvoiceType` of an answer [cloud.baidu.com/doc/OCR/s/cklbnrnwe]; digital paper of VAT has none, so that is believed. */
export const BAIDU_NAMES: Readonly<Record<string, string>> = {
  VAT_SPECIAL_PAPER: '增值税专用发票',
  VAT_SPECIAL_ELECTRONIC: '增值税电子专用发票',
  VAT_NORMAL_PAPER: '增值税普通发票',
  VAT_NORMAL_ELECTRONIC: '增值税普通发票（电子）',
  VAT_NORMAL_ROLL: '增值税普通发票（卷式）',
  TOLL_ELECTRONIC: '通行费增值税电子普通发票',
  BLOCKCHAIN: '区块链电子发票',
  DIGITAL_SPECIAL: '全电发票（专用发票）',
  DIGITAL_NORMAL: '全电发票（普通发票）',
  DIGITAL_PAPER_SPECIAL: '全电纸质发票（专用发票）',
  DIGITAL_PAPER_NORMAL: '全电纸质发票（普通发票）',
  FREIGHT_SPECIAL: '货物运输业增值税专用发票',
  MOTOR_VEHICLE: '机动车销售发票',
  DIGITAL_MOTOR_VEHICLE: '电子发票（机动车销售统一发票）',
  DIGITAL_PAPER_MOTOR: '电子发票（纸质机动车销售统一发票）',
  USED_VEHICLE: '二手车销售发票',
  DIGITAL_USED_VEHICLE: '电子发票（二手车销售统一发票）',
  DIGITAL_PAPER_USED: '电子发票（纸质二手车销售统一发票）',
  DIGITAL_AIR: '电子发票（航空运输电子客票行程单）',
  DIGITAL_RAILWAY: '电子发票（铁路电子客票）',
  DIGITAL_TOLL: '全电发票（含通行费标识）',
}
